### MMS: a draft with its picture, and what is said otherwise of an MMS than of an SMS.

help-cmd-mms = send an MMS

mms-new-title = { -mark-draft } <b>New MMS</b>
mms-content-line = Send a picture or a text, up to { $limit } characters.
mms-wait-title = { -mark-draft } <b>Preparing the picture…</b>
mms-wait-line = Preparing the picture…
mms-wait-next = The card will update by itself.
mms-subject = Subject: { $subject }

mms-preview-title = { -mark-draft } <b>Check the MMS</b>
mms-preview-size = { $used } KB of { $limit }
mms-preview-picture = { $size }, picture { $width } × { $height }
mms-preview-bare = { $size }, no picture
mms-warn-title = { -mark-act } <b>Really send the MMS?</b>
mms-warn-same = The same MMS went to this number { $at }: it may be refused
mms-warn-same-many = The same MMS went to { $n ->
    [one] { $n } number
   *[other] { $n } numbers
} { $at }: it may be refused

mms-btn-confirm = Send MMS
mms-btn-confirm-many = Send MMS: { $n }
mms-btn-new = New MMS
mms-btn-subject = Subject
mms-btn-picture = Picture
mms-btn-no-subject = No subject
mms-btn-no-text = No text
mms-btn-no-picture = No picture

mms-field-subject-title = { -mark-draft } <b>New subject</b>
mms-field-subject-hint = Send the subject, up to { $limit } characters.
mms-field-picture-title = { -mark-draft } <b>New picture</b>
mms-field-picture-hint = Send a photo, or a PNG or JPEG file up to 20 MB.

mms-err-empty = Send a picture or a text: an empty MMS cannot go
mms-err-no-phones = Add a number: this MMS has nobody to go to
mms-err-too-long = { $excess ->
    [one] { $excess } character
   *[other] { $excess } characters
} too many: { $length } of { $limit }
mms-err-subject = The subject is longer than { $limit } characters: { $length }
mms-err-not-picture = This is no picture. Send a photo, or a PNG or JPEG file.
mms-err-broken = The file is broken or too large. PNG or JPEG up to 20 MB.
mms-err-does-not-fit = The picture does not fit 300 KB. Send another.

mms-sent-line = { $time }. The provider promises no MMS status.
mms-sent-checked = { $time }. The provider promises no MMS status. Checked { $checked }.
mms-sent-unknown = { $time }. The provider gives no status for this MMS.
mms-status-by-id = So the provider says of this ID. It promises no MMS status: an SMS may have the same ID.
mms-rejected-cant-send = The content of the MMS was not accepted.
mms-rejected-cant-send-next = Check the text, the subject and the picture.
mms-rejected-blocked-next = Rewrite the text.
mms-cause-cant-send = content
mms-many-line = The provider promises no MMS status.
mms-no-report-next = The MMS may have arrived.
mms-not-delivered-line = Blocked, does not exist, or cannot receive MMS.
mms-resend-title = { -mark-act } <b>May arrive twice</b>
mms-unknown-cut = The connection dropped { $at }: the MMS may have been sent. We will not repeat it.
mms-unknown-broken = The hand-over was interrupted { $at }: the MMS may have been sent. We will not repeat it.
mms-unknown-unclear = The provider's answer made no sense { $at }: the MMS may have been sent.
mms-unknown-duplicate = The provider has seen this MMS: the first one most likely went.
mms-waiting-line = No answer since { $since }. Nothing was sent, we keep trying.

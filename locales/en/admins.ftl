### Who has access: people, what owners decide of them, invites, limits.

help-cmd-admins = who has access

admins-in-private = The answer is in your private chat with the bot.
admins-list-title = <b>Access</b>
admins-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
admins-off = access is off
admins-unseen = not active yet
admins-now = Now: { $value }
admins-roles = A viewer only looks, an operator sends, an owner decides who may do what.

admins-person-title = <b>{ $title }</b>
admins-person-off-title = { -mark-off } <b>Access is off</b>
admins-person-seen = id { $id }, last active: { $time }
admins-person-unseen = id { $id }, not active yet. Until the bot is opened, it cannot write first.
admins-person-last = The only owner: role and access cannot change.
admins-parts = Parts a day: { $n }
admins-parts-free = Parts a day: no limit
admins-spent = { $n } today
admins-largest = Numbers at once: { $n }
admins-largest-free = Numbers at once: no limit
admins-no-limit = no limit
admins-unfinished = Not over: { $what }
admins-left-sends = { $n ->
    [one] { $n } send
   *[other] { $n } sends
}
admins-left-multicasts = { $n ->
    [one] { $n } multicast
   *[other] { $n } multicasts
}
admins-left-imports = { $n ->
    [one] { $n } import
   *[other] { $n } imports
}

admins-role-title = { -mark-draft } <b>Which role?</b>
admins-off-title = { -mark-act } <b>Turn access off?</b>
admins-off-next = It can be turned on again.
admins-remove-title = { -mark-act } <b>Remove from the bot?</b>
admins-remove-next = A new invite brings this person back.
admins-shut-line = Cards leave the private chat, drafts close.
admins-shut-left = Goes on, the cards come to you: { $what }
admins-shut-edits = Will not go unless its edit is reopened: { $n ->
    [one] { $n } multicast
   *[other] { $n } multicasts
}
admins-limits-title = <b>Limits</b>
admins-parts-title = { -mark-draft } <b>Parts a day?</b>
admins-largest-title = { -mark-draft } <b>Numbers at once?</b>
admins-limit-hint = Press or send a number.
admins-limit-refused = It takes a whole number from 1 to 10,000,000, not “{ $typed }”.

admins-new-title = { -mark-draft } <b>Invite</b>
admins-new-which = which role?
admins-new-line = The link lets one person in and is good for 24 hours.
admins-invites-title = <b>Invites</b>
admins-invites-line = { $n }. { $role }, until { $time }. By: { $by }
admins-invites-none = No open invites.
admins-invite-title = { -mark-wait } <b>Invite</b>
admins-invite-line = Good until { $time }. Whoever opens it first gets in.
admins-invite-hint = Forward the link or show the QR code.
admins-invite-no-link = The link cannot be shown any more: the bot has a new token. Make another.
admins-invite-used-title = { -mark-ok } <b>Invite accepted</b>
admins-invite-guest = id { $id }. Access: { $name }, { $time }.
admins-invite-revoked-title = { -mark-off } <b>Invite revoked</b>
admins-invite-expired-title = { -mark-off } <b>Invite expired</b>
admins-invite-over-line = Nobody gets in by this link any more.
admins-invited-title = { -mark-ok } <b>Access by invite</b>
admins-invited-line = id { $id }. Role: { $role }.
admins-invited-named = id { $id }, @{ $username }. Role: { $role }.
admins-invited-by = Invite: { $by }
admins-invited-next = If this is the wrong person, remove them in /admins.
admins-kept-title = <b>You have access already</b>
admins-kept-line = The invite is not used up and still good.
admins-kept-next = An owner can change your role.
caption-invite-viewer = The QR code of an invite, viewer: it lets one person in.
caption-invite-operator = The QR code of an invite, operator: it lets one person in.
caption-invite-owner = The QR code of an invite, owner: it lets one person in.

admins-told-role-title = <b>Your role has changed</b>
admins-told-disable-title = { -mark-off } <b>Access is off</b>
admins-told-remove-title = { -mark-off } <b>Access is closed</b>
admins-told-enable-title = { -mark-ok } <b>Access is on</b>
admins-told-limits-title = <b>Your limits have changed</b>
admins-told-line = Decision: { $by }, { $time }.

admins-btn-role = Role
admins-btn-limits = Limits
admins-btn-off = Turn off
admins-btn-on = Turn on
admins-btn-remove = Remove
admins-btn-list = All people
admins-btn-parts = Parts a day
admins-btn-largest = Numbers at once
admins-btn-no-limit = No limit
admins-btn-invite = Invite
admins-btn-invites = Invites: { $n }
admins-btn-revoke = Revoke
admins-btn-revoke-one = Revoke { $n }

warn-limit-parts = Limit: { $most ->
    [one] { $most } part
   *[other] { $most } parts
} a day, { $left } left. An owner can raise it.
warn-limit-multicast = Limit: { $most ->
    [one] { $most } number
   *[other] { $most } numbers
} at once, this is { $asked }. An owner can raise it.
alert-limit-parts = Your limit: { $most ->
    [one] { $most } part
   *[other] { $most } parts
} a day, { $left } left. An owner can raise it.
alert-limit-multicast = Your limit: { $most ->
    [one] { $most } number
   *[other] { $most } numbers
} at once, this is { $asked }. An owner can raise it.
alert-last-owner = This is the only owner: first give somebody else that role.

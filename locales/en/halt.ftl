### The panic switch: everything stopped, and let go on.

halt-title = { -mark-pause } <b>Sending is stopped</b>
halt-paused = Paused: { $what }.
halt-sends =
    { $n ->
        [one] { $n } send
       *[other] { $n } sends
    }
halt-multicasts =
    { $n ->
        [one] { $n } multicast
       *[other] { $n } multicasts
    }
halt-none = There is nothing to send, and no multicast is scheduled.
halt-gone-waits = Beyond recall: multicast { $bases }, { $time }, the provider has it
halt-gone-runs = Beyond recall: multicast { $bases }, should be running since { $time }
halt-gone-doubt = Beyond recall: multicast { $bases }, { $time }, the provider may have it
halt-gone-more =
    { $n ->
        [one] and { $n } more multicast that the provider has
       *[other] and { $n } more multicasts that the provider has
    }
halt-flying =
    { $n ->
        [one] Beyond recall: { $n } message on its way, no report yet
       *[other] Beyond recall: { $n } messages on their way, no report yet
    }
halt-importing = Imports into bases go on: they send nothing.
halt-btn-list = List
halt-over-title = { -mark-ok } <b>Sending goes on</b>
halt-over-line = One message goes first, then the rest.
halt-by = Stopped: { $who }
halt-list-title = <b>Waiting to go on</b>
halt-left = { $n } left
halt-held = Multicast { $bases }
halt-off-title = <b>Sending is not stopped</b>
halt-off-line = To stop everything: /stop_all

help-cmd-stop-all = stop everything
help-cmd-resume-all = go on

alert-halted = Sending is stopped.
alert-halted-draft = Sending is stopped, the draft is kept.

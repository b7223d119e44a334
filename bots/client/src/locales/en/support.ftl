support-screen =
    💬 <b>Support</b>

    Write what happened, with a screenshot if you like. A real person answers.
support-away =
    💬 <b>Support is out of reach right now</b>

    Sorry! We are fixing it — please check back a little later.
support-write = 💬 Write to support

nonsense = 🤔 I didn't get that. Everything I can do is in the menu; for questions, support is the better place.
banned =
    ⛔️ <b>Your access is blocked</b>

    If you think this is a mistake, write to support.

nonsense = 🤔 I didn't get that. Everything I can do is in the menu; for questions, support is the better place.
banned =
    ⛔️ <b>Access is closed</b>

    If you think this is a mistake, write to support.

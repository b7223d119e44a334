# Said by packages/telegram itself. A bot may replace any of these in its own locales.
button-outdated = 🔄 This button is out of date. Here is a fresh screen.
not-understood = 🤔 I didn't understand that. Press /start to open the menu.
too-fast = 🐢 Too fast. Wait a few seconds and try again.
error-unexpected = 😔 Something went wrong. Please try again in a few minutes.
error-outage =
    🔧 The shop cannot answer at this moment: it is being repaired. The VPN goes on working meanwhile.

    Press the button in a few minutes: nothing is lost.
error-outage-repeat = 🔁 Repeat
only-private = ✉️ Please write to me in a private chat.

command-start = 👋 Write to support
command-tickets = 🗂 My tickets
command-note = 📝 A note that stays inside: /note text
command-card = 🎫 The customer's card
command-close = ✅ Close the ticket
command-reopen = 🔓 Reopen the ticket
profile-description =
    💬 VPN support.

    Press Start and tell us what happened. A person will answer.
profile-short = 💬 VPN support: a person will answer

start-hello =
    👋 <b>Hello, { $name }!</b>

    🔐 <b>{ $shop }</b> for your phone and computer: your key arrives right after payment.
    📱 Setting it up takes two minutes, and if something doesn't work, a real person helps.
start-again = 👋 <b>Welcome back, { $name }!</b>
start-invitation-accepted = 🤝 You came by a friend's link: your friend gets a bonus when you first pay.
start-invitation-late = This invitation does not count: you have been with us already.
start-invitation-own = This is your own link. Send it to a friend: you get a bonus when they first pay.
start-invitation-circle = This invitation does not count: you have invited this person yourself.

start-hello =
    👋 <b>Hello, { $name }!</b>

    🔐 <b>{ $shop }</b> for your phone and computer: your key arrives right after payment.
    📱 Setting it up takes two minutes, and if something doesn't work, a real person helps.
start-again = 👋 <b>Welcome back, { $name }!</b>

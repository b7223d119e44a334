start-hello =
    👋 <b>Hello, { $name }!</b>

    🔐 This is <b>{ $shop }</b>, a fast VPN for your phone and computer: your key arrives right after payment.
    📱 Setting it up takes two minutes, and if something doesn't work, a real person helps.
start-again = 👋 <b>Welcome back, { $name }!</b>

menu-title =
    🛠 <b>Running the shop</b>

    Your role: { $role ->
        [owner] 👑 owner
        [admin] 🧑‍💼 administrator
       *[support] 🎧 support
    }
menu-dashboard = 📊 Dashboard
menu-customers = 👥 Customers
menu-payments = 💳 Payments
menu-plans = 🏷 Plans
menu-settings = ⚙️ Settings
menu-servers = 🖥 Servers
menu-broadcast = 📣 Broadcast
menu-staff = 🧑‍💼 Staff

command-menu = 🛠 Menu
command-dashboard = 📊 How the shop is doing
command-find = 👥 Find a customer
command-plans = 🏷 Plans and prices
command-codes = 🎟 Promo codes
command-settings = ⚙️ Settings of the shop
command-servers = 🖥 Servers
command-payments = 💳 Latest payments
command-report = 📒 Money report
command-broadcast = 📣 Broadcast
command-staff = 🧑‍💼 Staff
command-cancel = ✖️ Stop and go to the menu
profile-description = Running a VPN shop: dashboard, customers, payments, servers and broadcasts. For staff only.
profile-short = Running a VPN shop. For staff only.

menu-title =
    🛠 <b>Управление магазином</b>

    Ваша роль: { $role ->
        [owner] 👑 владелец
        [admin] 🧑‍💼 администратор
       *[support] 🎧 поддержка
    }
menu-dashboard = 📊 Сводка
menu-customers = 👥 Клиенты
menu-payments = 💳 Платежи
menu-plans = 🏷 Тарифы
menu-settings = ⚙️ Настройки
menu-servers = 🖥 Серверы
menu-broadcast = 📣 Рассылка
menu-staff = 🧑‍💼 Сотрудники

command-menu = 🛠 Меню
command-dashboard = 📊 Сводка магазина
command-find = 👥 Найти клиента
command-plans = 🏷 Тарифы и цены
command-codes = 🎟 Промокоды
command-settings = ⚙️ Настройки магазина
command-servers = 🖥 Серверы
command-payments = 💳 Последние платежи
command-report = 📒 Отчёт о деньгах
command-broadcast = 📣 Рассылка
command-staff = 🧑‍💼 Сотрудники
command-cancel = ✖️ Прервать и вернуться в меню
profile-description = Управление магазином VPN: сводка, клиенты, платежи, серверы и рассылки. Только для сотрудников.
profile-short = Управление магазином VPN. Только для сотрудников.

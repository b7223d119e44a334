command-menu = 🏠 Главное меню
command-config = 🔑 Мой ключ
command-buy = 🛒 Купить или продлить
command-trial = 🎁 Попробовать
command-devices = 📱 Мои устройства
command-balance = 💰 Мой баланс
command-history = 🧾 История платежей
command-promo = 🎟 Ввести код
command-gift = 🎁 Подарить подписку
command-referral = 🤝 Пригласить друга
command-notifications = 🔔 Уведомления
command-language = 🌐 Язык
command-help = ❓ Как подключиться
command-support = 💬 Поддержка
command-cancel = ↩️ Отменить
profile-description =
    🔐 Быстрый VPN для телефона и компьютера.

    { $trial ->
        [free] 🎁 Есть бесплатный пробный период
        [paid] 🎁 Можно сначала попробовать на несколько дней
       *[none] 🌍 Один ключ для всех ваших устройств
    }
    🔑 Ключ приходит сразу после оплаты
    📱 Подключение за пару минут — с подсказками для каждого устройства
    💬 Если что-то не получится, поможет живой человек

    Нажмите «Запустить», чтобы начать.
profile-short = 🔐 Быстрый VPN: ключ сразу после оплаты, подключение за пару минут, живая поддержка.

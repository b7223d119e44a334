notification-settings =
    🔔 <b>Уведомления</b>

    Нажмите на строку, чтобы включить или выключить её.

    Об оплате, ключах, устройствах, блокировке и ответах поддержки пишем всегда.
notification-settings-open = 🔔 Уведомления
notification-settings-expiry = Скоро закончится подписка
notification-settings-traffic = Заканчивается трафик
notification-settings-news = Новости магазина
notification-settings-offers = Предложения и скидки
notification-settings-referral = Бонусы за приглашённых друзей

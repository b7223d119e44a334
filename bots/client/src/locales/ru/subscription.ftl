status-none = ⚪️ Подписки пока нет
status-preparing = ⏳ Готовим ваш ключ
status-active = 🟢 До { $until } ({ days })
status-trial = 🎁 Пробный период до { $until } ({ days })
status-trial-ended = 🎁 Пробный период закончился { $until }
status-expired = 🔴 Подписка закончилась { $until }
status-suspended = ⛔️ Доступ приостановлен
status-held = 📢 Пробный период на паузе: вы вышли из канала
status-frozen = ❄️ Заморожена: время стоит
status-grace = 🟠 Оплаченное время закончилось. Доступ ещё работает до { $until } — продлите его
status-traffic = 🟠 Трафик закончился

subscription-title = 👤 <b>Моя подписка</b>
subscription-none = Подписки пока нет. Выберите срок — ключ придёт сразу после оплаты.
subscription-plan = 🏷 Тариф: { $title }
subscription-traffic =
    📶 Трафик: { $used } из { $limit }
    { $bar }
subscription-traffic-unlimited = 📶 Трафик: { $used }, без ограничений
subscription-devices =
    { $limit ->
        [one] 📱 Устройства: { $limit } одновременно
       *[other] 📱 Устройства: до { $limit } одновременно
    }
subscription-preparing = Оплата получена, доступ настраивается. Ключ придёт сам — обычно это занимает меньше минуты.

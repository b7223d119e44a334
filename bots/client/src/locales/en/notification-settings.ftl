notification-settings =
    🔔 <b>Notifications</b>

    Press a line to switch it on or off.

    Payments, keys, devices, bans and answers of support are always told.
notification-settings-open = 🔔 Notifications
notification-settings-expiry = Subscription ends soon
notification-settings-traffic = Traffic runs low
notification-settings-news = News of the shop
notification-settings-offers = Offers and discounts
notification-settings-referral = Gifts for friends

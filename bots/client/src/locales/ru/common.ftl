back = ‹ Назад
to-menu = 🏠 Главное меню
refresh = 🔄 Обновить
page-back = ‹ Назад
page-forward = Дальше ›
page-newest = ‹ К новым
page-older = Раньше ›
canceled = 👌 Хорошо, отменили.
days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }

# Способы подключения
protocol-vless = VLESS
protocol-wireguard = WireGuard
protocol-openvpn = OpenVPN
protocol-ikev2 = IKEv2

back = ‹ Back
to-menu = 🏠 Main menu
refresh = 🔄 Refresh
page-back = ‹ Back
page-forward = Next ›
page-newest = ‹ Newest
page-older = Older ›
canceled = 👌 All right, canceled.
days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

# Ways to connect
protocol-vless = VLESS
protocol-wireguard = WireGuard
protocol-openvpn = OpenVPN
protocol-ikev2 = IKEv2

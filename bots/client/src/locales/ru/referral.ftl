referral-title = 🤝 <b>Приглашайте друзей</b>
referral-nothing = Отправьте ссылку тем, кому пригодится быстрый VPN.
referral-days =
    { $days ->
        [one] 🎁 Друг оплатит первую подписку — вам { $days } день в подарок.
        [few] 🎁 Друг оплатит первую подписку — вам { $days } дня в подарок.
       *[other] 🎁 Друг оплатит первую подписку — вам { $days } дней в подарок.
    }
referral-percent =
    { $of ->
        [each] 💰 { $percent } % с каждой его оплаты — вам на баланс.
       *[first] 💰 { $percent } % с его первой оплаты — вам на баланс.
    }
referral-second =
    { $of ->
        [each] 👥 И { $percent } % с каждой оплаты тех, кого позовёт он сам.
       *[first] 👥 И { $percent } % с первой оплаты тех, кого позовёт он сам.
    }
referral-friend =
    { $days ->
        [one] 🎉 Другу — { $days } день в подарок к первой подписке.
        [few] 🎉 Другу — { $days } дня в подарок к первой подписке.
       *[other] 🎉 Другу — { $days } дней в подарок к первой подписке.
    }
referral-joined = 👥 Пришли по ссылке: { $joined }
referral-paid = 💳 Оплатили: { $paid }
referral-earned = 🎁 Дней в подарок: { $days }
referral-earned-money = 💰 На баланс: { $amount }
referral-link =
    Ваша ссылка (нажмите, чтобы скопировать):
    { $link }
referral-share = 📨 Поделиться
referral-card = 🖼 Карточка с QR-кодом
referral-invitation = Пользуюсь этим VPN: быстрый и подключается за пару минут.

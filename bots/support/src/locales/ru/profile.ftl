command-start = 👋 Написать в поддержку
command-tickets = 🗂 Мои обращения
command-note = 📝 Заметка для своих: /note текст
command-card = 🎫 Карточка клиента
command-close = ✅ Закрыть обращение
command-reopen = 🔓 Открыть обращение снова
profile-description =
    💬 Поддержка VPN.

    Нажмите «Запустить» и опишите, что случилось. Ответит живой человек.
profile-short = 💬 Поддержка VPN: ответит живой человек

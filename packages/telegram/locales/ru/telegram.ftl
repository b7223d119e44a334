# Said by packages/telegram itself. A bot may replace any of these in its own locales.
button-outdated = 🔄 Эта кнопка устарела. Вот свежий экран.
not-understood = 🤔 Я не понял это сообщение. Нажмите /start, чтобы открыть меню.
too-fast = 🐢 Слишком быстро. Подождите несколько секунд и попробуйте ещё раз.
error-unexpected = 😔 Что-то пошло не так. Попробуйте ещё раз через несколько минут.
error-outage =
    🔧 Прямо сейчас не получается ответить: мы восстанавливаем работу магазина. VPN при этом продолжает работать.

    Нажмите кнопку через несколько минут — ничего не потеряно.
error-outage-repeat = 🔁 Повторить
only-private = ✉️ Напишите мне в личные сообщения.
zone-moscow = МСК

# Said by the pages for customers.
page-title = Подписка
situation-active-title = Подписка активна
situation-preparing-title = Готовим ваш ключ
situation-preparing-text = Обычно это меньше минуты. Страница обновится сама.
situation-preparing-remark = ⚙️ Ключ готовится. Обновите через минуту
situation-devices-title = Файлы для устройств — в боте
situation-devices-text = У каждого вашего устройства свой файл. Откройте в боте «Устройства», чтобы добавить новое или получить файл ещё раз.
situation-devices-remark = 📱 Файл для этого устройства — в боте
situation-expired-title = Подписка закончилась
situation-expired-text = Продлите её в боте: ключ останется прежним, настраивать заново ничего не придётся.
situation-expired-remark = ⏳ Подписка закончилась. Продлите её в боте
situation-trial-ended-title = Пробный период закончился
situation-trial-ended-text = Выберите подписку в боте: ключ останется прежним, настраивать заново ничего не придётся.
situation-trial-ended-remark = 🎁 Пробный период закончился. Выберите подписку в боте
situation-traffic-used-up-title = Трафик закончился
situation-traffic-used-up-text = Купите новый период в боте, и всё заработает снова с тем же ключом.
situation-traffic-used-up-remark = 📊 Трафик закончился. Продлите подписку в боте
situation-frozen-title = Подписка заморожена
situation-frozen-text = Время стоит. Разморозить подписку можно в боте.
situation-frozen-remark = ❄️ Подписка заморожена. Разморозьте её в боте
situation-held-title = Пробный период на паузе
situation-held-text = Вы вышли из канала, который для него нужен. Бот скажет, что сделать.
situation-held-remark = 📢 Пробный период на паузе. Откройте бота
situation-suspended-title = Доступ приостановлен
situation-suspended-text = Напишите в поддержку, и мы разберёмся.
situation-suspended-remark = ⛔ Доступ приостановлен. Напишите в поддержку
situation-none-title = Подписки пока нет
situation-none-text = Выберите срок в боте: ключ придёт через несколько секунд после оплаты.
situation-none-remark = 🛒 Подписки пока нет. Оформите её в боте
trial = Пробный период
days-left =
    { $days ->
        [one] Ещё { $days } день
        [few] Ещё { $days } дня
       *[many] Ещё { $days } дней
    }
hours-left =
    { $hours ->
        [0] Меньше часа
        [1] Меньше часа
        [one] Ещё { $hours } час
        [few] Ещё { $hours } часа
       *[many] Ещё { $hours } часов
    }
active-until = До
ended-on = Закончилось
traffic = Трафик
traffic-of = { $used } из { $limit }
unlimited = без ограничений
renew = Продлить в боте
choose-plan = Выбрать подписку
open-bot = Открыть бот
write-support = Написать в поддержку
connect-title = Подключение
connect-install = Установите приложение — кнопка ведёт в магазин.
connect-press = Вернитесь и нажмите «Добавить»: VPN добавится сам.
connect-turn-on = Включите VPN в приложении. Готово!
choose-system = Ваше устройство
system-android = Android
system-ios = iPhone
system-windows = Windows
system-macos = Mac
system-linux = Linux
add-to = Добавить в { $app }
install = Установить { $app }
install-short = Установить
recommended = советуем
link-title = Ссылка для приложения
link-text = Если кнопка не сработала, скопируйте ссылку и вставьте её в приложении.
link-scan = Для другого устройства: отсканируйте код в приложении.
link-personal = Ссылка личная: кто её знает, пользуется вашим VPN.
copy = Скопировать
copied = Скопировано
ways-in-title = Серверы по отдельности
ways-in-text = Пригодится, если приложение не умеет подписки.
ways-in-show = Показать ключ
ways-in-download = Скачать файл
ways-in-some-ready = Готово серверов: { $ready } из { $of }. Остальные появятся здесь и в приложении сами.
open-title = Добавляем VPN в { $app }
open-button = Открыть { $app }
open-nothing = Ничего не произошло? Установите приложение, вернитесь и нажмите ещё раз.
open-text = Если приложение не открылось само, нажмите на кнопку.
open-otherwise = Или скопируйте ссылку и вставьте её в приложении:
open-page = Другие приложения и QR-код
problem-not-found-title = Такой страницы нет
problem-not-found-text = Возможно, ссылка скопирована не целиком или её заменили новой. Свежая ссылка всегда в боте.
problem-too-many-title = Слишком часто
problem-too-many-text = Подождите минуту и обновите страницу.
problem-bad-request-title = Запрос не понят
problem-bad-request-text = Откройте ссылку из бота ещё раз.
problem-unavailable-title = Сейчас не получается
problem-unavailable-text = Мы уже чиним. Обновите страницу через минуту; сам VPN при этом работает.

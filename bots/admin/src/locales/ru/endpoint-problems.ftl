endpoint-problem-name_unknown = Такого имени в интернете нет. Проверьте, нет ли в адресе опечатки.
endpoint-problem-connection_refused = По этому адресу никто не принимает соединение. Проверьте порт и что панель запущена, а брандмауэр её пускает.
endpoint-problem-timeout = Ответа не дождались. Сервер выключен, перегружен или его закрывает брандмауэр.
endpoint-problem-connection_lost = Соединение оборвалось на полуслове. Попробуйте ещё раз; если повторится — посмотрите, не перезапускается ли сервер.
endpoint-problem-tls_self_signed = Сертификат сервера подписан им самим, и поручиться за него некому. Сверьте отпечаток и подтвердите его.
endpoint-problem-tls_invalid = Сертификат не подходит: истёк, выписан на другое имя или собран с ошибкой. Обновите его на сервере.
endpoint-problem-certificate_changed = У сервера другой сертификат, не тот, что вы подтвердили. Если меняли его вы сами — подтвердите новый, иначе кто-то мог встать между вами.
endpoint-problem-not_https = По этому порту говорят без шифрования. Начните адрес с http:// или включите сертификат в панели.
endpoint-problem-not_http = По этому порту ждут шифрования. Начните адрес с https://
endpoint-problem-redirected = Адрес пересылает на другую страницу. Пришлите тот, что виден в браузере после входа в панель.
endpoint-problem-not_a_panel = По этому адресу отвечает не панель: другой сайт или страница защиты. Откройте его в браузере и пришлите адрес самой панели.
endpoint-problem-wrong_path = Панель на этом сервере есть, но секретный путь другой. Скопируйте адрес из браузера целиком.
endpoint-problem-host_key_changed = У сервера другой ключ SSH, не тот, что вы подтвердили. Если сервер переустановили — добавьте его заново, иначе кто-то мог встать между вами.
endpoint-problem-wrong_credentials = Логин, пароль или токен не подходят. Введите их заново.
endpoint-problem-login_locked = Панель закрыла вход после нескольких неудач. Подождите 15 минут или перезапустите панель.
endpoint-problem-two_factor_needed = Панель просит одноразовый код. Дайте ключ, по которому она его считает.
endpoint-problem-two_factor_wrong = Одноразовый код не подошёл. Проверьте ключ и часы на сервере.
endpoint-problem-resting = Вход недавно отклонили, поэтому не стучимся, чтобы панель не закрылась. Дайте верный пароль — попробуем сразу.
endpoint-problem-busy = Сервер занят другой работой. Попробуем ещё раз сами.
endpoint-problem-server_error = На сервере что-то сломалось: он ответил ошибкой. Загляните в его журнал.
endpoint-problem-answer_too_large = Ответ слишком велик, читать его целиком опасно. Скорее всего, это не панель.
endpoint-problem-answer_unknown = Ответ непонятен: эту версию мы не знаем или отвечает не панель.
endpoint-problem-settings_invalid = Одно из значений не годится. Проверьте, что прислали.
endpoint-problem-no_tools = На сервере нет нужных программ. Установите WireGuard (wireguard-tools) и попробуйте снова.
endpoint-problem-place_taken = Это имя на панели занято кем-то ещё. Чужое мы не трогаем — освободите его.
endpoint-problem-inbound_missing = На панели нет ни одного из выбранных подключений. Выберите другие.
endpoint-problem-inbound_deleted = Подключения больше нет на панели. Уберите его из продажи или создайте снова.
endpoint-problem-inbound_off = Подключение выключено на панели. Включите его или уберите из продажи.
endpoint-problem-inbound_expired = У подключения вышел срок. Продлите его на панели.
endpoint-problem-inbound_used_up = Подключение истратило свой трафик. Поднимите предел или сбросьте счётчик на панели.
endpoint-problem-inbound_protocol_changed = Подключение сменило протокол, продавать его больше нельзя. Выберите другое.
endpoint-problem-inbound_not_dialable = К этому подключению снаружи не дозвониться. Задайте адрес для клиентов и откройте порт в брандмауэре.
endpoint-problem-core_stopped = Xray на панели остановлен, ни один ключ не работает. Запустите его на панели.
endpoint-problem-interface_missing = На сервере нет такого интерфейса WireGuard. Создайте его или выберите другой.
endpoint-problem-interface_down = Интерфейс WireGuard выключен. Включите его: systemctl start wg-quick@wg0
endpoint-problem-config_missing = Нет файла настроек WireGuard: после перезапуска ключи пропали бы. Создайте его на сервере.
endpoint-problem-server_key_changed = У WireGuard другой ключ сервера, выданные файлы не работают. Проверьте подключение — выдадим новые.
endpoint-problem-other = Не получилось, и причина нам незнакома. Подробности — ниже.
endpoint-problem-line = ⚠️ <b>{ $detail }</b>: { $sentence }
endpoint-problem-whole = ⚠️ { $sentence }
endpoint-problem-more =
    { $count ->
        [one] …и ещё { $count } замечание
        [few] …и ещё { $count } замечания
       *[other] …и ещё { $count } замечаний
    }
endpoint-problem-field = Речь о поле <code>{ $field }</code>.
endpoint-problem-detail = <i>{ $reason }</i>

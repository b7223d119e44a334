# Said by the pay pages of the simulated providers.
pay-page-pay = Оплатить
pay-page-choose = Чем заплатите?
pay-page-decline = Отказаться
pay-page-paid = Оплачено
pay-page-canceled = Не оплачено
pay-page-back = Вернуться в бот
pay-page-may-close = Эту страницу можно закрыть.
pay-page-missing = Такого счёта нет.
pay-page-simulated = Страница-симулятор: деньги не списываются.
pay-page-try-mistakes = Попробовать ошибку
pay-page-pay-less = Заплатить половину
pay-page-pay-more = Заплатить вдвое больше
pay-page-pay-foreign = Заплатить в другой валюте

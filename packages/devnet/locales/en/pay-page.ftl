# Said by the pay pages of the simulated providers.
pay-page-pay = Pay
pay-page-choose = What will you pay with?
pay-page-decline = Decline
pay-page-paid = Paid
pay-page-canceled = Not paid
pay-page-back = Return to the bot
pay-page-may-close = You may close this page.
pay-page-missing = There is no such invoice.
pay-page-simulated = A simulated page: no money moves.
pay-page-try-mistakes = Try a mistake
pay-page-pay-less = Pay half
pay-page-pay-more = Pay double
pay-page-pay-foreign = Pay in another currency

news-stop = 🔕 Stop news and offers
news-again = 🔔 Get them again
news-are-off = 🔕 There will be no more news and offers. We still write about your subscription and payments. The rest: /notifications
news-are-on = 🔔 You will get news and offers again.

news-stop = 🔕 Stop the news
news-again = 🔔 Get the news again
news-are-off = 🔕 There will be no more news. We still write about your subscription and payments.
news-are-on = 🔔 You will get the news again.

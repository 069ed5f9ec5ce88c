# --- show
from flask import Flask
from flask_mail import Mail, Message

app = Flask(__name__)
app.config["MAIL_SERVER"] = "smtp.example.com"
app.config["MAIL_DEFAULT_SENDER"] = "shop@example.com"
mail = Mail(app)


@app.post("/orders/<int:number>/confirm")
def confirm(number):
    message = Message(
        subject=f"Order {number}",
        body="Thank you. It is on its way.",
        recipients=["ann@example.com"],
    )
    mail.send(message)
    return "Sent"

from flask import Flask

app = Flask(__name__)
app.config.update(
    MAIL_SERVER="localhost", MAIL_DEFAULT_SENDER="shop@example.com"
)

# --- show
from flask_mail import Mail, Message

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

from django.core.mail import send_mail
from django.http import HttpResponse


def confirm(request, number):
    send_mail(
        subject=f"Order {number}",
        message="Thank you. It is on its way.",
        from_email=None,  # DEFAULT_FROM_EMAIL
        recipient_list=["ann@example.com"],
    )
    return HttpResponse("Sent")

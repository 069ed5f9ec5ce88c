from django.urls import path

from . import views

urlpatterns = [
    path("api/books/<int:number>", views.book),
]

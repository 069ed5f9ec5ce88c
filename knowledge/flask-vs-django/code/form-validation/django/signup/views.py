from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render


# --- show
class SignupForm(forms.Form):
    name = forms.CharField()
    age = forms.IntegerField(min_value=18)


def signup(request):
    form = SignupForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        return redirect(f"/welcome/{name}")
    return render(request, "signup.html", {"form": form})


# --- end
def welcome(request, name):
    return HttpResponse(f"Welcome, {name}!")

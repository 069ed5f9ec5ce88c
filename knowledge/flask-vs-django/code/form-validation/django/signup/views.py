# --- show
from django import forms
from django.shortcuts import redirect, render

# --- end
from django.http import HttpResponse


# --- show
class SignupForm(forms.Form):
    name = forms.CharField()
    age = forms.IntegerField(min_value=18)


def signup(request):
    form = SignupForm(request.POST or None)
    if form.is_valid():
        # Valid: form.cleaned_data has the name and an int.
        return redirect("thanks")
    return render(request, "signup.html", {"form": form})


# --- end
def thanks(request):
    return HttpResponse("Thank you!")

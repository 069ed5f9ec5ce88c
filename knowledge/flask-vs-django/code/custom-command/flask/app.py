import click
from flask import Flask

app = Flask(__name__)


@app.cli.command("greet")
@click.argument("name")
def greet(name):
    """Greet somebody."""
    click.echo(f"Hello, {name}!")

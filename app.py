"""The hub: build the page and serve it (a Hugging Face Space starts this file)."""

from samovar.ui.shell import hub, serve

demo = hub()

if __name__ == "__main__":
    serve(demo)

from samovar.hub.install import weights
from samovar.ui.shell import page, serve

weights()
serve(page("marketing"), ["marketing"])

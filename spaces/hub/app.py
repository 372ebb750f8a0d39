from samovar.hub.install import weights
from samovar.ui.shell import hub, serve

weights()
serve(hub())

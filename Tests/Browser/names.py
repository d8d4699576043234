"""The one table of addresses, fields and words by which the checks find things on the pages (in Portuguese, as the clinic
works)."""

# What a link must not be for the crawl to follow it.
LOG_OUT = "/logout"
# The stream of what changes on the overview.
EVENTS = "/live?page=%2F"

BUTTONS = {
    "new": "Nova campanha",
    "make": "Criar a campanha",
    "send": "Enviar a lista",
    "differently": "Ler de outro jeito…",
    "read": "Ler assim",
    "import": "Importar ",          # followed by how many
    "plan": "Plano e ajustes",
    "campaign": "Agora",
    "canary": "Começar com um teste",
    "first calls": "Fazer as primeiras ligações",
    "start": "Começar a ligar",
    "pause": "Pausar",
    "resume": "Retomar",
    "doubts": "Em dúvida",
    "rang": "Tocaram",
    "replies": "Respostas",
    "do not call": "Não ligar",
    "people": "Pessoas",
    "search": "Buscar",
    "block": "Não ligar…",
    "put on the list": "na lista de não ligar",
    "call back": "Ligar de novo para quem não atendeu",
    "call again": "Ligar de novo…",
    "call these again": "Ligar de novo para ",
    "reports": "Relatórios",
    "download": "Baixar",
    "log out": "Sair",
}
FIELDS = {
    "like": "like", "name": "name", "list": "list", "phone column": "phone1",
    "name column": "name", "duration column": "callDuration", "canary": "canary", "doubt": "doubt",
    "text": "text", "because": "because", "format": "format",
}

"""Words by which a text shows that it is in the wrong language."""
import re

ENGLISH = (r"the|and|of|with|calls?|called|campaigns?|waiting|answered|people|your|from|are|is|was|been|not|until|since|nobody|"
           r"blocked|download|search|page|log out|phones?|failed|ready|accepted|excluded|in doubt|today|show|never|every|rows?|"
           r"connected|paused|resume|events?|replies|doubts")
PORTUGUESE = (r"de|da|do|dos|das|para|com|uma?|não|são|está|ligaç(?:ão|ões)|campanhas?|contatos?|atend\w+|pessoas?|quem|ninguém|"
              r"bloque\w+|baixar|buscar|página|sair|telefones?|falh\w+|pront\w+|aceit\w+|dúvidas?|hoje|nunca|cada|linhas?|"
              r"conectad\w+|pausad\w+|retomar|respostas?|fila|desde|até")
# What is the same in both, or stands in what somebody wrote, in names and in machine words.
OWN = r"“[^”]*”|Especialidade|Consulta|Duração|Paciente|Telefone|de Souza|da Silva|do Carmo|recepcao|clinica|retorno|vazia"


def foreign(text, language):
    """Lines of `text` with at least two words of the other language."""
    pattern = PORTUGUESE if language == "en" else ENGLISH
    found = []
    for line in text.split("\n"):
        words = re.findall(rf"(?<![\w/.`-])(?:{pattern})(?![\w/.=-])", re.sub(OWN, "", line), re.IGNORECASE)
        if len({word.lower() for word in words}) >= 2: found.append(line.strip()[:120])
    return found[:6]

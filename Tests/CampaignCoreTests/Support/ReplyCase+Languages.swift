@testable import CampaignCore

extension ReplyCase {
    static let spanish =
        [
            "bórrame de tu lista", "quítenme de sus contactos", "quiero darme de baja", "baja", "BAJAR", "salir",
            "detener", "Desuscribir", "dar de baja", "darme de baja",
            "dame de baja por favor", "no me llamen más",
            "no me llame mas", "ya no me llamen", "no vuelvan a llamarme", "no me vuelvan a llamar",
            "no quiero que me llamen",
            "no quiero más llamadas", "no quiero recibir llamadas", "dejen de llamar", "deja de llamarme",
            "paren de llamar",
            "basta de llamadas", "quiten mi número", "borra mi número", "elimine mi numero de su lista",
            "sáquenme de la lista",
            "bórrenme de su base", "no me escriban más", "no me manden más mensajes", "no me contacten",
            "solo whatsapp, sin llamadas",
            "solo mensajes no llamadas", "nunca más me llamen", "no deseo ser contactado",
            "Hola, no me llamen más, gracias", "no llamar",
        ].map { ReplyCase($0, .optOut) }
        + [
            "déjenme en paz", "¿quién es usted?", "quién habla", "los voy a denunciar", "es una estafa",
            "¿de dónde sacaron mi número?",
            "no me interesa", "número equivocado", "no molestar", "no me llamen antes de las 10",
            "no llamen más a mi madre",
            "no dejen de llamarme", "quiero la baja", "solo por whatsapp", "basta", "no hace falta que llamen",
            "me llamo Juan, salir",
            "si no paran voy a demandarlos", "no me llame mañana", "slair",
        ].map { ReplyCase($0, .review) }
        + [
            "sí", "no", "cancelar cita", "quiero cancelar mi pedido", "¿cómo parar el dolor?", "llámame mañana",
            "trabajo hasta las 5",
            "estoy de baja médica", "voy a salir de viaje", "no me llamaron ayer", "gracias", "¿cuánto cuesta?",
            "presión baja",
        ].map { ReplyCase($0, .none) }

    static let english =
        [
            "stop", "STOPALL", "stop all", "Unsubscribe", "END", "quit", "cancel", "revoke", "optout", "opt-out",
            "opt out", "remove", "exit",
            "stop please", "Please stop, thanks!", "stop calling me", "please stop calling", "Stop calling this number",
            "don't call me again",
            "don’t call me anymore", "do not call me", "dont call", "never call me again", "no more calls", "no calls",
            "No calls please",
            "remove my number", "delete my number please", "take me off your list", "remove me from this list",
            "lose my number",
            "put me on your do not call list", "I don't want any more calls", "I do not wish to be contacted",
            "stop texting me",
            "quit calling me", "opt me out", "I want to opt out", "unsubscribe me", "can you please stop calling me?",
            "Don't call me back",
            "remove me from your calling list", "no more messages", "stop the calls", "I don't want to be called",
            "only text, no calls",
        ].map { ReplyCase($0, .optOut) }
        + [
            "leave me alone", "who is this?", "who are you", "where did you get my number?", "I'll report you", "scam",
            "this is a scam",
            "wrong number", "not interested", "stop it", "I said STOP", "don't call me at work", "don't call before 9",
            "go away",
            "only whatsapp", "remove me from the waiting list", "I never said stop calling", "fuck off",
            "stop bothering me", "do not disturb",
            "did you stop calling me?", "she said don't call me again", "no need to call", "unsubscribee",
            "delete my data",
        ].map { ReplyCase($0, .review) }
        + [
            "I can't stop coughing", "stop by tomorrow", "yes", "no", "call me later", "cancel my appointment",
            "I want to cancel my order",
            "how do I stop the pain?",
            "can I stop taking the pills?", "thank you", "what is this about the invoice", "in the end we paid",
            "I missed your call",
            "you can call me tomorrow", "sounds good", "weekend", "friend", "recall", "stopped by", "bookend",
        ].map { ReplyCase($0, .none) }
}

extension OptOutTable {
    private static let not = "no|nunca|jamás|ni"
    private static let me = "me|nos"
    private static let call =
        "llame|llamen|llames|llamar|llamarme|llamarnos|telefoneen|contacte|contacten|contactes"
        + "|contactar|contactarme|moleste|molesten|marque|marquen|marques|hablen|escriba|escriban|escribas|escribirme|busquen"
    private static let calls = "llamada|llamadas|llamados|llamadita|contacto|contactos"
    private static let messages = "mensaje|mensajes|msj|msjs|nada|sms|publicidad|propaganda|promociones|ofertas|correos"
    private static let stop = "deje|dejen|deja|dejar|dejá|pare|paren|para|parar|parad|dejad|cese|cesen"
    private static let want = "quiero|queremos|deseo|deseamos|quisiera|acepto|autorizo|permito|pretendo|necesito"
    private static let take =
        "quita|quite|quiten|quitar|quítame|quíteme|quítenme|quitarme|saca|saque|saquen|sacar|sácame"
        + "|sáqueme|sáquenme|sacame|sacarme|borra|borre|borren|borrar|bórrame|bórreme|bórrenme|borrarme|elimina|elimine"
        + "|eliminen|eliminar|elimíname|elimíneme|elimínenme|eliminarme|remueva|remuevan|retire|retiren|retírenme|olvide|olviden"
    private static let number = "número|numero|números|teléfono|celular|móvil|contacto|cel|whatsapp|fono"
    private static let lists = "lista|listas|base|registro|registros|agenda|sistema|contactos"
    private static let written = "whatsapp|whats|wasap|wsp|mensaje|mensajes|texto|escrito|correo|email"

    static let spanish = OptOutTable(
        words: [
            "baja", "bajar", "salir", "detener", "deténganse", "detengan", "paren", "desuscribir", "desuscribirme",
            "desuscribirse", "desuscríbeme", "desuscríbanme", "desuscripción",
            "darme|darse|dar|denme|dame|deme de baja",
            "solicito|quiero|deseo|quisiera darme|dar|que [me] [den|dé] de baja",
        ],
        menuWords: [],
        contact: [
            "\(not) [\(me)] \(call) [nunca|jamás|por] más", "ya no [\(me)] \(call) [más]", "\(not) más \(call)",
            "nunca|jamás [más] [\(me)] [vuelvan|vuelva] [a] \(call)", "\(not) [\(me)] \(call) [más] nunca",
            "\(not) [\(me)] vuelva|vuelvan|vuelvas [más] [\(me)] a \(call) [más]",
            "\(take) [ya] mi|nuestro|este nombre|número|contacto|teléfono de|del [la|las|su|sus|tu|esa|esta|todas] \(lists)",
            "quiero|deseo|quisiera|solicito ser|que eliminado|eliminada|borrado|borrada|removido|removida|retirado|retirada"
                + " de|del [la|las|su|sus|esa|esta] \(lists)",
            "\(not) [\(me)] \(call) [más] a|en [este|mi|ese] número|numero|teléfono|celular|móvil",
            "\(not) \(want) [recibir|tener] [más] [sus|esas|estas|ninguna|ningún|tantas|este|esas] [tipo] [de] [más] \(calls) [más]",
            "\(not) \(want) [más] recibir [más] [sus|esas|estas|ningún|este] [tipo] [de] \(messages)",
            "ya no quiero [recibir] [más] [sus|esas|estas] \(calls)|\(messages)",
            "\(not) [más] \(want) [más] que [ustedes|nadie] [\(me)] [vuelvan] [a] \(call)|hablen [más]",
            "ya no quiero que [\(me)] \(call) [más]",
            "\(not) \(want) ser contactado|contactada|llamado|llamada|molestado|molestada",
            "\(not) [\(me)] mande|manden|mandes|envíe|envíen|envíes|mandar|enviar [más] [sus|esas|ningún] \(messages) [más]",
            "\(not) se [vuelvan|vuelva] [a] comunique|comuniquen|comunicar [más] [conmigo]",
            "\(stop) [ya] de [\(me)] [estar] llamar|llamarme|llamarnos|llamando|telefonear|contactar|contactarme|marcar|marcarme"
                + "|escribir|escribirme",
            "\(stop) de mandar|mandarme|enviar|enviarme [más] [sus|esas|tantos] \(messages)",
            "\(stop) con|las|sus|estas|esas [las|sus|estas|esas] \(calls)|mensajes",
            "basta|alto [ya] de|a|con [las|sus|tantas|más] \(calls)|mensajes|llamar|llamarme",
            "^no [más] llamadas$", "^no más [llamadas|llamados|mensajes]$", "^ni una llamada más",
            "solo|sólo|solamente|únicamente [por] \(written) [y|pero] no|sin|nada|ninguna [de|me|más] [llamadas|llamada"
                + "|llamar|llamen|llame|llamados]",
            "no|sin llamadas|llamar|llamen|llame solo|sólo|solamente|únicamente [por] \(written)",
            "\(take) [ya] [el|los|todos] mi|mis|este|ese \(number)",
            "\(take) [\(me)] [ya] [mi] [número] de|desde [la|las|su|sus|tu|tus|esa|esta|esas|todas] [la|las|su|sus] \(lists)",
            "\(me) quite|quiten|quita|saque|saquen|saca|borre|borren|borra|elimine|eliminen de [la|las|su|sus|tu|tus|esa|esta] \(lists)",
            "quiero|deseo|quisiera salir de [la|su|esta|esa] lista|base", "^salir de [la|su|esta|esa] lista",
            "lista de no llamar|molestar|contactar", "\(me) den|dan|da|dé de baja$",
            "olvida|olvide|olviden mi \(number)",
            "dar|den|dé|da de baja [a] mi|este \(number)",
            "cancelar|cancele|cancelen|suspendan|suspender|detengan|detener [todas] [las|sus|estas] \(calls)|mensajes",
            "bloquear|bloquee|bloqueen mi número|teléfono|contacto",
            "prohíbo [que] [ustedes] [me|nos] \(call)",
            "no tiene|tienen|doy [mi|ningún|ninguna] permiso|autorización|derecho|consentimiento para|de|a [que] [me] \(call)",
            "dije|pedí|pido|exijo|solicito que no [me|nos] \(call) [más]$",
            "revoco|retiro mi consentimiento|autorización|permiso$",
            "^rechazo [recibir] [todas] [las|sus|estas] llamadas$",
        ],
        bare: [
            "no me|nos llame|llamen|llames|llamés|contacte|contacten|contactes|marque|marquen|escriba|escriban|escribas",
            "^no llamar|llamen|llame|contactar$", "^no llamarme", "^sin [más] llamadas$", "^nada de llamadas$",
            "^no llamadas$",
        ],
        review: [
            "déjame|déjeme|déjenme|dejame|dejenme|dejar [vivir] en|tranquilo|tranquila [paz]",
            "\(me) deja|deje|dejen|dejan en|tranquilo|tranquila [paz]",
            "\(not) [me] moleste|molesten|molestes|molestar|jodan|joda|insista|insistan",
            "quién|quien es|eres|sos|habla|son [usted|ustedes|este|esto]", "^de parte de quién",
            "quién me llama|llamó|llamo",
            "de dónde|donde sacó|saco|sacaron|sacaste|obtuvo|obtuvieron|consiguió|consiguieron|tiene|tienen mi \(number)",
            "cómo|como|quién|quien [les|te|le] consiguió|consiguieron|consiguió|obtuvo|obtuvieron|tiene|tienen|dio [su] mi \(number)",
            "voy|vamos|los|lo|la|te a|voy [a] denunciar|denunciarlos|denunciarlo|bloquear|bloquearlos|bloquearte|demandar|reportar"
                + "|reportarlos|demandarlos|denunciarte",
            "denunciar|denunciarlos|denuncio|denuncia|denunciado|bloqueado|bloqueada|bloquear|reportar|reportado|demandar",
            "estafa|estafadores|estafador|fraude|acoso|acosando|hostigamiento|profeco|policía|condusef|indecopi|sernac",
            "^alto|basta|ya|pará$", "basta ya|con", "ya basta|paren|pare|estuvo",
            "eliminar|elimina|elimine|eliminen|borrar|borra|borren mis datos|información",
            "^eliminar|borrar|bloquear|anular$",
            "no quiero [más|nada|saber]", "no me interesa", "no estoy interesado|interesada", "no tengo interés",
            "número|numero|persona equivocado|equivocada|incorrecto|erróneo",
            "se equivoca|equivocó|equivocaron|equivocado",
            "no soy [yo|esa|ese|la|el]", "no conozco", "no es mi", "este|ese número|teléfono|celular no|ya",
            "falleció|murió|fallecido|fallecida",
            "no hace falta [que] [me] \(call) más", "no es necesario [que] [me] \(call) más",
            "no necesito que [me] \(call)", "abogado|abogada",
            "prefiero [que] [por|me] [manden|escriban|un] \(written)",
            "solo|sólo|solamente|únicamente [por|me] \(written)",
            "no contesto|atiendo|respondo|recibo llamadas|números", "^\(take)$", "\(take) me|mi",
            "no manden|mande|mandes|envíen|envíe|envíes [más]",
            "no me manden|mande|mandes|envíen|envíe|envíes [más]",
            "no dejan|paran|para|deja de llamar|llamarme|molestar",
            "llaman|llamando todo|todos|cada a [los|el|rato] [día|días]", "no autoricé|autorizo|di|pedí|solicité",
            "vete|váyanse|vayanse|andate a", "mierda|carajo|joder|hdp|ptm|chinguen|jódanse|puta",
            "deje|dejen|deja|dejar de molestar|molestarme|joder|cobrar|insistir|mandar|mandarme|enviar|enviarme|fastidiar",
        ],
        needless: [
            "no hace falta [que] [me] \(call)", "no es necesario [que] [me] \(call)", "no hay necesidad de \(call)",
        ],
        settlements: [
            "ya voy|pagué|resolví|resolvimos|estoy|llegué|recibí|llegó|vi|confirmé|fui|quedó",
            "voy|estoy|vamos para|allá|en|llegando|bajando|camino|yendo|a", "yo [mismo|misma] voy|llamo|paso|los|te|le",
            "paso|pasaré mañana|luego|más|por|a",
        ],
        courtesies: [
            "por favor", "porfa|porfavor|porfis", "muchas|mil gracias", "gracias|agradezco|agradecido", "hola|buenas",
            "buenos días", "buenas tardes|noches|tarde|noche", "buen día", "disculpe|disculpen|perdón",
            "saludos|saludo",
            "si es|fuera posible", "si pueden|puede|puedes", "señor|señora|señorita|amigo|amiga|vale",
            "con [todo] [el] respeto",
        ],
        shorthand: [
            "kiero": "quiero", "qiero": "quiero", "yame": "llame", "yamen": "llamen", "yames": "llames",
            "yamar": "llamar", "yamarme": "llamarme", "yamada": "llamada", "yamadas": "llamadas", "xq": "porque",
            "mñn": "mañana", "maniana": "mañana", "msje": "mensaje", "aora": "ahora", "ahorita": "ahora",
            "despues": "después", "nro": "número",
        ],
        idioms: [
            "no quiero|voy|deseo [a] [\(me)] salir|cancelar|darme [de] [la|baja] [lista]",
            "no \(me) quite|quiten|saque|saquen|borren de [la|su] lista", "no cancele|cancelen|canceles|cancelar",
            "pare|paren|parar|detener|para en|aquí|ahí|frente|junto|cerca|afuera",
            "estoy|estuve|sigo|estar|está|estaba de baja",
            "baja médica|laboral|por|presión|voluntaria|temporada|la|el|de",
            "planta|presión|más|muy|clase|mesa|temperatura|voz baja",
            "salir de|del|al|a|bien|temprano|tarde|ahora|con|adelante",
            "voy|vamos|puedo|acabo|antes|después|tengo|al [a|de|que] salir", "bajar de|el|la|al|a|un|unos|mi",
        ],
        matters: """
            cita citas turno turnos consulta consultas examen exámenes compra compras pedido pedidos plan contrato matrícula curso
            clase clases servicio servicios seguro tarjeta cuenta boleta factura facturas cuota cuotas deuda deudas pago pagos
            reserva viaje vuelo entrega envío producto internet dolor fiebre tos sangrado sangrar náuseas remedio medicamento
            medicamentos medicina medicación antibiótico pastilla pastillas inyección tratamiento terapia cirugía operación
            vacuna dieta ayuno anticonceptivo resultado resultados hospital clínica sesión visita evento fumar beber alcohol
            comezón trabajo casa gimnasio mensualidad presupuesto préstamo peso toser llorar vomitar fuga médico dentista presión vómito
            """,
        transitive: "remover cancelar cancele cancelen bajar",
        articles: "el la los las un una unos unas mi mis ese esa este esta su sus",
        limits: """
            hoy ahora mañana mañanas tarde noche noches temprano antes después luego durante mientras hasta hora horas horario
            minutos semana mes año día días domingo domingos sábado sábados feriado festivo lunes martes miércoles jueves viernes
            trabajo reunión almuerzo madrugada fin aún todavía momento ocupado ocupada trabajando manejando conduciendo
            durmiendo viajando clase viaje si excepto salvo menos sino cuando espera agua gas nuevo nueva cambie cambien ponga
            pongan otro oficina
            """,
        moments: "hoy ahora aún todavía momento ocupado ocupada trabajando manejando conduciendo reunión",
        unlimited: [
            "todos|todas los|las días|horas|mañanas|tardes|noches|semanas", "todo el día|tiempo", "cada día|hora|rato",
            "a partir de hoy|ahora|ya", "de ahora|hoy en adelante", "desde hoy|ahora|ya", "nunca|jamás más", "otra vez",
            "de nuevo", "en ningún momento",
        ],
        askers: "porqué quién quien cuándo cuando cuál él ella ellos ellas alguien ustedes si cómo médico",
        negations: "no nunca jamás ni",
        requests: ["ustedes pueden|podrían|deben"],
        denials: ["no|nunca [les|le|te] dije|pedí|quise|solicité", "por qué", "en vez|lugar de"],
        invitations: [
            "^llámame|llámeme|llámenme|llamame|llamenme|llámanos", "^me llama|llame|llamen",
            "puede|pueden|puedes llamar|llamarme",
            "^llame|llamen|llama|márqueme|márquenme más|mañana|después|luego|hoy|a|el|al",
        ],
        owners: "mi mis nuestra nuestro su sus esa ese este esta",
        ownThings: """
            número numero números teléfono teléfonos celular celulares móvil cel casa contacto whatsapp línea lista persona vida
            base sistema domicilio suscripción inscripción registro permiso autorización consentimiento nombre datos envío
            llamada llamadas mensaje mensajes grupo todo cosa tontería molestia
            """,
        others: "ella él ellos ellas eso esto otra otro otras",
        toThing: "al",
        links: "a al para por en de del la el los las con",
        lookalikes:
            "llaman llamaron llamó llamaba llamado llaman contestan molestan mandan escriben escribe contacta marcan "
            + "salud salio salia sala sali baile baila barra vaya caja bajo bajé balsa paren karen parent llamo llamas detenido"
    )
}

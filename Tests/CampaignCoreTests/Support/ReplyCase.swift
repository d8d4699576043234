import Testing

@testable import CampaignCore

/// A reply, and how it has to be read.
struct ReplyCase: Sendable, CustomTestStringConvertible {
    var text: String
    var level: OptOutReading.Level

    init(_ text: String, _ level: OptOutReading.Level) {
        self.text = text
        self.level = level
    }

    var testDescription: String { "\(text) → \(level)" }

    private static func all(_ level: OptOutReading.Level, _ texts: [String]) -> [ReplyCase] {
        texts.map { ReplyCase($0, level) }
    }

    /// Those that a simpler rule gets wrong.
    static let tricky =
        all(
            .optOut,
            [
                "Stop. Thank you", "SAIR 🙏", "🛑 STOP 🛑", "“SAIR”", "\"sair\"", "*SAIR*", "S.A.I.R.", "s a i r",
                "sa\u{200B}ir",
                "SAI\u{0301}R", "Saír!!!", "STOP STOP STOP", "Boa tarde, SAIR por favor. Obrigado!", "cancelar",
                "Ok, pare",
                "Não me ligue mais, amanhã eu pago", "Boa tarde não me ligue mais", "podem parar de me ligar?",
                "a partir de hoje não me liguem mais", "Do not call me again from now on",
                "no calls please, only whatsapp",
                "só WhatsApp, sem ligações", "only WhatsApp, no calls", "não, não me ligue mais",
                "já pedi pra não me ligarem", "não quero ligações nem propaganda",
                "cancelar consulta e não me liguem mais",
            ])
        + all(
            .review,
            [
                "não me mande mais boletos", "parem de me mandar boleto", "Não me liga, tô em reunião",
                "não me ligue agora",
                "não me ligue mais tarde", "não me liguem antes das 9", "don't call me now, I'm driving",
                "no me llamen hoy",
                "por que vocês não param de me ligar?", "não pare de me ligar",
                "não liguem mais pra minha mãe", "stop calling my wife", "me tira da lista de espera, já consegui",
                "o que significa \"não me ligue mais\"?", "vocês escreveram: responda SAIR", "> sair\nsim", "2", "2️⃣",
                "2.",
                "🛑", "📵", "sairr", "siar", "stpo", "PAREEEE", "unsubscibe", "nao me lique mais", "quero cancelar",
                "quero sair",
                "para", "Não. Pare.", "não me ligue mais de manhã, ligue à tarde",
                "parem de me cobrar", "não quero whatsapp", "cancelar a ligação de água",
                "only if you don't call me again",
            ])
        + all(
            .none,
            [
                "tem como parar a dor?", "cancelar consulta", "quero cancelar minha compra", "Não, me ligue mais tarde",
                "No, call me later", "No, llámame más tarde", "por que não me ligam mais?", "pagar", "top", "Câncer",
                "don't stop calling me", "why did you stop calling me?",
                "Jair",
                "desistir", "parede", "comparar", "sairei às 5", "stopwatch", "exitoso", "trabajar", "não",
                "não, obrigado", "no thanks",
                "acabei de sair do trabalho, pode ligar", "I will pay at the end of the month", "estoy de baja", "👍",
                "🙏🙏", "", "   ", "!!!",
                "\u{200B}\u{FEFF}", "стоп", "停止", "توقف", "ok obrigado", "devo parar o remédio antes do exame?", "12",
                "22",
                "não consegui entrar em contato", "não recebi ligação nenhuma", "não ligue para isso",
                "atualiza meu número por favor",
                "> Responda SIM\nConfirmado", "bus stop", "posso sair da dieta?",
            ])

    static let portuguese =
        all(
            .optOut,
            [
                "não é pra me ligar mais", "desejo que parem as ligações", "favor não ligar mais", "sair", "Parar",
                "PARE", "parem!", "descadastrar", "remover", "me descadastre", "quero me descadastrar",
                "não me ligue mais", "nao me liguem mais", "n me liga mais", "Naum me liga mais pfv", "não liguem mais",
                "não me ligue",
                "não me ligue nunca mais", "nunca mais me liguem", "não quero mais receber ligações",
                "não quero receber ligações de vocês",
                "não quero que me liguem mais", "não quero mais que vocês me liguem", "não aceito ligações",
                "não autorizo contato",
                "não desejo ser contatado", "parem de me ligar", "para de me ligar", "pare de ligar pra mim",
                "parem de ficar ligando",
                "parem com essas ligações", "chega de ligações", "tira meu número", "tira o meu número daí",
                "remova meu número da lista",
                "retirem meu contato da base", "me tira da lista", "me remova dessa lista por favor",
                "apaga meu número",
                "esquece meu número", "quero sair da lista", "não entre mais em contato",
                "não entrem em contato comigo",
                "não me mande mais mensagens", "não mandem mais nada", "parem de me mandar mensagem",
                "não me procurem mais",
                "prefiro não receber ligações", "gostaria de não receber mais ligações", "não ligue mais nesse número",
                "cancelem as ligações", "bloqueia meu número", "sem ligações", "não me chame mais",
                "não tenho interesse, parem de ligar",
                "não me ligue mais porque mudei de cidade",
            ])
        + all(
            .review,
            [
                "me deixa em paz", "me deixem em paz!!", "quem é você?", "quem é", "Quem fala?", "vou denunciar",
                "vou te denunciar no procon",
                "golpe", "isso é golpe", "é trote?", "como conseguiram meu número?",
                "de onde vocês tiraram meu contato", "não perturbe",
                "não tenho interesse", "não me interessa", "não quero", "não quero mais nada", "número errado",
                "foi engano",
                "não conheço essa pessoa", "esse número não é do João", "ele faleceu", "não precisa me ligar",
                "prefiro mensagem",
                "só por whatsapp", "vou bloquear", "parem com isso", "chega", "spam", "vai tomar no cu",
                "já disse que não quero. SAIR",
                "sair ou cancelar?", "SAIR kkkk", "pare agora", "me esquece", "sai fora", "apaguem meus dados",
                "não aguento mais",
                "vocês ligam toda hora", "não atendo ligações", "ela disse não me ligue mais",
            ])
        + all(
            .none,
            [
                "não consegui parar de tossir", "o doutor não me ligou mais", "sim", "confirmo", "Pode ligar amanhã",
                "estou ocupado", "ligue depois das 18h", "já paguei",
                "qual o valor?",
                "quanto custa?", "quero remarcar minha consulta", "cancelar o exame de amanhã",
                "preciso cancelar meu pedido",
                "quero parar de fumar", "bom dia", "muito obrigada", "ok", "me liga", "não posso falar agora",
                "o remédio não faz parar a tosse",
                "quando sai o resultado?", "kkkk", "áudio", "1", "quero parar o tratamento",
                "como faço para cancelar o plano?",
            ])
}

import Testing

@testable import CampaignCore

@Suite struct OptOutReaderTests {
    private let reader = OptOutReader()

    @Test(arguments: ReplyCase.tricky + ReplyCase.portuguese + ReplyCase.spanish + ReplyCase.english)
    func `a reply is read as a careful person reads it`(reply: ReplyCase) {
        let reading = reader.reading(of: reply.text)
        #expect(reading.level == reply.level, "\(reading.rule)")
        #expect(!reading.rule.isEmpty)
    }

    @Test(arguments: ReplyCase.refusals + ReplyCase.damaged)
    func `who forbids calls is heard, also where the no has been damaged`(reply: ReplyCase) {
        let reading = reader.reading(of: reply.text)
        #expect(reading.level == reply.level, "\(reading.rule)")
    }

    @Test(arguments: WrittenReplies.optOut)
    func `who certainly wants no more calls is blocked`(text: String) {
        let reading = reader.reading(of: text)
        #expect(reading.level == .optOut, "\(reading.rule)")
    }

    @Test(arguments: WrittenReplies.review)
    func `who may want no more calls waits for a decision`(text: String) {
        let reading = reader.reading(of: text)
        #expect(reading.level == .review, "\(reading.rule)")
    }

    @Test(arguments: WrittenReplies.none)
    func `who wants to be called, or speaks of something else, is left alone`(text: String) {
        let reading = reader.reading(of: text)
        #expect(reading.level == .none, "\(reading.rule)")
    }

    @Test(arguments: [
        ("Sair, por favor", "word “sair”"), ("NAO ME LIGUE MAIS", "phrase “não me ligue mais”"),
        ("já disse: sair ou não", "word “sair” in a longer text"), ("siar", "almost the word “sair”"),
        ("hoje não me ligue", "phrase “não me ligue”, but with “hoje”"), ("🛑", "nothing but “🛑”"),
        ("não pare de me ligar", "phrase “pare de me ligar”, but after “nao”"),
        ("cancelar consulta", "word “cancelar” about “consulta”"), ("bom dia", "nothing about being called"),
    ])
    func `the rule that matched is told in words`(text: String, rule: String) {
        #expect(reader.reading(of: text).rule == rule)
    }

    @Test func `the rule is told in Portuguese, too`() {
        let cases =
            ReplyCase.tricky + ReplyCase.portuguese + ReplyCase.spanish + ReplyCase.english + ReplyCase.refusals
            + ReplyCase.damaged
        let texts = cases.map(\.text) + WrittenReplies.optOut + WrittenReplies.review + WrittenReplies.none
        for text in texts + [String(repeating: "bom dia ", count: 1000)] {
            let rule = reader.reading(of: text).rule
            let phrase = Phrase(recorded: rule)
            #expect(phrase.english == rule && phrase.portuguese != rule, "\(rule)")
        }
    }

    @Test func `a campaign's own words block, and its words to review come before the built-in ones`() {
        let own = OptOutReader(words: ["2", "Não, quero parar", "Não, obrigado"], review: ["cancelar", "Gerente"])
        for text in ["2", "2️⃣ por favor", "nao quero PARAR!", "Oi, não, obrigado."] {
            #expect(own.reading(of: text).level == .optOut, "\(text)")
        }
        for text in ["cancelar", "quero falar com o gerente", "22 gerente"] {
            #expect(own.reading(of: text).level == .review, "\(text)")
        }
        for text in ["12", "2 consultas", "gerentes", "não", "obrigado"] {
            #expect(own.reading(of: text).level == .none, "\(text)")
        }
        #expect(own.reading(of: "sair").level == .optOut)
        #expect(own.reading(of: "não me ligue mais, gerente").level == .optOut)
        // A word that has nothing in it matches nothing.
        let empty = OptOutReader(words: ["", " . "], review: [""])
        for text in ["", "...", "bom dia", "sim"] { #expect(empty.reading(of: text).level == .none, "\(text)") }
    }

    @Test(arguments: [
        ("Sair", OptOutReading.Level.optOut), ("2 - Sair", .optOut), ("Não quero receber ligações", .optOut),
        ("Parar 🛑", .optOut), ("Cancelar", .review), ("Remover", .review), ("Exit", .review), ("Quem é você?", .review),
        ("Cancelar consulta", .none), ("Confirmar", .none), ("Remarcar", .none), ("", .none),
        ("Opções\nSair", .optOut), ("Não me ligue mais\nNão quero ligações de ninguém", .optOut),
        ("Confirmar\nQuero ser chamado", .none),
    ])
    func `a button is read like a text, except that menus have some of the words too`(
        label: String, level: OptOutReading.Level
    ) {
        #expect(reader.reading(ofButton: label).level == level)
        #expect(OptOutReader(buttons: ["Cancelar"]).reading(ofButton: "CANCELAR").level == .optOut)
        #expect(OptOutReader(buttons: ["Não, obrigado"]).reading(of: "não").level == .none)
    }

    @Test func `courtesies, case, punctuation and emoji around a word change nothing`() {
        var random = SplitMix64(seed: 1)
        let words = [
            "sair", "parar", "pare", "descadastrar", "stop", "unsubscribe", "cancel", "baja", "salir", "opt out",
        ]
        let before = ["", "oi, ", "Bom dia! ", "please ", "por favor ", "hola ", "🙏 ", "*", "“", "¡", "#", "\n"]
        let after = [
            "", ".", "!!!", " por favor", ", thank you.", " gracias 🙏", " 👍🏽", "…", "”", "*", " obrigada!", "\n\n", "?",
        ]
        for _ in 0..<2_000 {
            let word = words.randomElement(using: &random) ?? ""
            let cased = String(word.map { Bool.random(using: &random) ? Character($0.uppercased()) : $0 })
            let text =
                (before.randomElement(using: &random) ?? "") + cased + (after.randomElement(using: &random) ?? "")
                + (after.randomElement(using: &random) ?? "")
            #expect(reader.reading(of: text).level == .optOut, "\(text)")
        }
    }

    @Test func `a word in a longer text never blocks`() {
        var random = SplitMix64(seed: 2)
        let words = [
            "sair", "parar", "descadastrar", "stop", "cancel", "baja", "salir", "remove", "unsubscribe", "parem",
        ]
        let others = [
            "casa", "azul", "quando", "dinheiro", "eu", "muito", "window", "they", "green", "always", "perro",
            "ventana", "nosotros",
            "depois", "comer", "vou", "não", "quero", "no", "the", "la", "de", "que", "7", "123", "стоп", "消息",
        ]
        for _ in 0..<5_000 {
            var text = (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in
                others.randomElement(using: &random)
            }
            text.insert(words.randomElement(using: &random) ?? "", at: Int.random(in: 0...text.count, using: &random))
            let joined = text.joined(separator: [" ", ", ", ". ", "\n"].randomElement(using: &random) ?? " ")
            let reading = reader.reading(of: joined)
            #expect(reading.level != .optOut || reading.rule.hasPrefix("phrase"), "\(joined): \(reading.rule)")
        }
    }

    @Test func `a word is never found in a part of another`() {
        var random = SplitMix64(seed: 3)
        for word in ["sair", "pare", "parar", "stop", "end", "quit", "baja", "remove", "exit"] {
            for _ in 0..<200 {
                let letters = "bcdfghjklmnpqrtvwxz"
                let affix = String((0..<3).compactMap { _ in letters.randomElement(using: &random) })
                for text in [affix + word, word + affix, affix + word + affix] {
                    #expect(reader.reading(of: text).level == .none, "\(text)")
                }
            }
        }
    }

    @Test func `a longer text than anybody writes blocks nobody by itself and is reviewed, since its end is not read`()
    {
        let reading = reader.reading(of: "não me ligue mais" + String(repeating: " ", count: 3_000))
        #expect(reading.level == .review && reading.rule.contains("2000 characters"))
        #expect(reader.reading(of: "sair" + String(repeating: "!", count: 1_990)).level == .optOut)
        #expect(reader.reading(of: String(repeating: "a ", count: 3_000) + "não me ligue mais").level == .review)
        for flood in ["🙏", "a\u{301}\u{302}\u{303}", "\u{200D}", "\u{202E}", "ｓ", "\n", "cancelar consulta "] {
            #expect(reader.reading(of: String(repeating: flood, count: 100_000)).level == .review, "\(flood)")
        }
    }

    @Test(arguments: [
        ("S\u{200D}A\u{200D}I\u{200D}R", OptOutReading.Level.optOut), ("\u{202E}SAIR\u{202C}", .optOut),
        ("ＳＡＩＲ", .optOut), ("𝐒𝐀𝐈𝐑", .optOut), ("𝓈𝒶𝒾𝓇", .optOut), ("ⓢⓐⓘⓡ", .optOut), ("🅂🄰🄸🅁", .optOut),
        ("ＮÃＯ ＭＥ ＬＩＧＵＥ", .optOut), ("ЅАІR", .review), ("рare", .review), ("nãо me ligue mais", .review),
        ("стоп", .none), ("нет", .none), ("Ωμέγα", .none),
        ("n\u{FFFD}o me ligue mais", .review), ("nÃ£o me ligue mais", .review), ("bom dia, Jo\u{FFFD}o", .review),
        ("SAIR\u{FFFD}", .optOut), ("ÃGUA", .none), ("Âncora", .none),
    ])
    func `letters that look like others are read as those`(text: String, level: OptOutReading.Level) {
        #expect(reader.reading(of: text).level == level)
    }

    @Test func `accents heaped on a word do not hide it`() {
        let heap = String(repeating: "\u{336}\u{300}\u{35C}", count: 300)
        #expect(reader.reading(of: "s" + heap + "a" + heap + "i" + heap + "r" + heap).level == .optOut)
    }

    @Test(arguments: [
        ("não me\nligue mais", OptOutReading.Level.optOut), ("NÃO\nME\nLIGUE\nMAIS", .optOut),
        ("não quero mais\nreceber ligações", .optOut), ("stop calling\r\nme", .optOut), ("s\na\ni\nr", .optOut),
        ("não\nme ligue mais", .review), ("não\nme ligue mais tarde", .none), ("no\ncall me later", .none),
        ("não, obrigado\nme ligue amanhã", .none), ("não consegui atender\nme ligue mais tarde", .none),
    ])
    func `a line break in a phrase hides nothing, and after its first word may be a full stop`(
        text: String, level: OptOutReading.Level
    ) {
        let reading = reader.reading(of: text)
        #expect(reading.level == level, "\(reading.rule)")
    }

    @Test(arguments: [
        "não me ligue ", "não ", "parar ", "cancelar ", "stop calling ", "no me ", "a ", "só por whatsapp sem ",
        "llame ", "\u{301}",
        "sa\u{200B}", "🛑", "paraar ", "não me ligue hoje ", "me liga ", "> \"", "por favor ",
    ])
    func `the cost is bounded, whatever is written`(text: String) {
        let half = reader.examination(of: String(repeating: text, count: 1_000 / text.unicodeScalars.count)).steps
        let whole = reader.examination(of: String(repeating: text, count: 2_000 / text.unicodeScalars.count)).steps
        let longer = reader.examination(of: String(repeating: text, count: 200_000)).steps
        #expect(whole <= 3 * half + 1_000, "\(half) \(whole)")
        // What is cut in the middle of a word is another text; it costs no more than a text of that length may.
        #expect(longer < 100_000, "\(longer)")
    }
}

@testable import CampaignCore

/// Who forbids calls, or says that they have asked for none; and what only sounds like it.
extension ReplyCase {
    static let refusals =
        [
            "chega de me ligar", "chega de ficar me ligando", "vc não pode mais me ligar", "vocês não podem mais ligar",
            "já falei pra não ligar", "já disse para não ligar", "pedi pra não ligar", "já falei que não liguem mais",
            "quantas vezes tenho que dizer para não ligar", "já falei para pararem de ligar", "peço que não liguem",
            "quero que não liguem mais", "proíbo que liguem", "proíbo vocês de me ligarem", "está proibido de me ligar",
            "vocês estão proibidos de me ligar", "está proibido ligar", "vocês não têm permissão para me ligar",
            "não tem autorização pra ligar", "não dei autorização para ligarem", "não autorizo vocês a me ligar",
            "recuso ligações", "gostaria de não ser mais contatado", "prefiro não ser incomodada",
            "revogo a autorização",
            "revogo meu consentimento", "desista de me ligar", "desistam de ligar", "naomeligue", "NãoMeLigueMais",
            "I forbid you to call me", "I forbid any further calls", "you are not allowed to call me",
            "you're not allowed to call me", "you are no longer permitted to contact me",
            "you don't have my permission to call", "I withdraw my consent", "I refuse calls",
            "les prohíbo que me llamen",
            "no tienen permiso para llamarme", "ya dije que no llamen", "revoco mi autorización",
        ].map { ReplyCase($0, .optOut) }
        + [
            "ja pedi pra pararem", "peço que parem", "evite me ligar", "evitem ligar", "saiam da minha lista",
            "cancela minha inscrição", "recuso ligações de desconhecidos", "evite me ligar à noite",
            "ela está proibida de me ligar?", "vocês não têm permissão para me ligar antes das 9",
            "I forbid you to call my wife", "eu não pedi pra não ligar",
        ].map { ReplyCase($0, .review) }
        + [
            "desisti de ligar pra vocês", "não desista de me ligar", "é proibido ligar o celular no exame?",
            "falei pra não ligar o ar", "não tem permissão para ligar o aparelho", "não cancela meu cadastro",
            "você não vai mais me ligar?", "não pode ligar agora?", "vocês pararam de me ligar", "evite doces",
            "recurso contra a multa", "não tem autorização do convênio", "peço que confirmem a consulta",
            "are you allowed to drive after it?", "basta me ligar", "chega de dor", "posso evitar o jejum?",
        ].map { ReplyCase($0, .none) }

    /// `não`, damaged on its way in all manners.
    static let damaged =
        [
            "N?o", "N&atilde;o", "N_o", "N.o", "N o", "NÆo", "Nßo", "n~ao", "na~o", "N=E3o", "N%C3%A3o", "Nã£o", "N∆o",
            #"N\u00e3o"#,
        ]
        .flatMap { no in
            ["\(no) me ligue mais", "\(no) ligue mais", "\(no) liguem mais para mim, por favor"].map {
                ReplyCase($0, .review)
            }
        }
        + ["Nã£o me ligue", "N_o me ligue", "n?o me liguem", "nã£o", "amanhã£"].map { ReplyCase($0, .review) }
        + [
            "me ligue mais tarde", "ligue mais cedo", "se não der, me ligue mais vezes",
            "ao me ligar, toque a campainha",
            "amanhã\u{A0}eu pago", "só amanhã»", "o me", "me liga mais à noite",
        ].map { ReplyCase($0, .none) }
}

/// Portuguese ways to forbid calls, or to say that one has asked for none, beside the plain `não me ligue mais`.
extension OptOutTable {
    private static let not = "não|naum|num|nn|n|ñ"
    private static let you = "vocês|vcs|você|vc"
    private static let call =
        "ligar|ligarem|telefonar|telefonarem|contatar|contatarem|contactar|chamar|chamarem|perturbar|perturbarem|procurar"
        + "|procurarem|incomodar|incomodarem"
    private static let ring = "ligar|ligarem|telefonar|telefonarem"
    private static let wish =
        "ligue|liguem|ligasse|ligassem|telefone|telefonem|contate|contatem|procure|procurem|perturbe|perturbem"
    /// What only the writer can have done: `disse` may be somebody else's word.
    private static let asked =
        "falei|pedi|avisei|mandei|solicitei|peço|solicito|exijo|requeiro|dizer|pedir|falar|repetir|avisar"
    private static let permission = "permissão|autorização|consentimento|direito"
    private static let calls = "ligação|ligações|ligaçoes|chamada|chamadas|telefonema|telefonemas|contato|contatos"
    private static let banned = "proibido|proibida|proibidos|proibidas|desautorizado|desautorizados"

    /// Written without spaces, as in a hashtag.
    static let portugueseRunTogether = [
        "nãomeligue", "nãomeliguem", "nãomeliguemais", "nãomeliguemmais", "nãoliguemais", "nãoliguemmais", "nãomeligar",
        "parademeligar", "paredemeligar", "paremdemeligar",
    ]

    /// They block. Without `me`, the clause ends behind them: other things are rung, and turned on.
    static let portugueseRefusals = [
        "chega|basta de [ficar] [me|nos] ligar|ligando|telefonar|perturbar|incomodar",
        "\(not) pode|podem|deve|devem mais me|nos \(call)", "\(not) pode|podem|deve|devem mais \(ring)$",
        "\(asked) [isso] [já] [que] [pra|para] [\(you)] \(not) [mais] \(ring) [mais|novamente]$",
        "já|eu disse [isso] [que] [pra|para] [\(you)] \(not) [mais] \(ring) [mais|novamente]$",
        "\(asked)|quero|queria|gostaria|espero|prefiro que [\(you)] \(not) [mais] \(wish) [mais|novamente]$",
        "já|eu disse que [\(you)] \(not) [mais] \(wish) [mais|novamente]$",
        "pararem|deixarem|desista|desistam de|d [ficar] me|nos \(call)|ligando",
        "pararem|deixarem|desista|desistam de|d [ficar] ligar|telefonar|ligando$",
        "proíbo [\(you)] [que|de] [\(you)] me|nos \(wish)|\(call)",
        "proíbo [\(you)] [que|de] [\(you)] \(wish)|\(ring) [mais]$",
        "proíbo [qualquer|todo|toda|todas|novo|novas|o|as] [as] \(calls)$",
        "\(banned) [\(you)] de [\(you)] me|nos \(call)",
        "está|estão|tá|tão|fica|ficam [expressamente|terminantemente] \(banned) [de] \(ring) [mais] [pra|para] [mim|nós|cá]$",
        "\(not) tem|têm|tenha|tenham|há|possui|possuem|dou|dei [mais] [a|minha|nenhuma|qualquer|nenhum] [minha] \(permission) "
            + "pra|para|de [que] [\(you)] me|nos \(call)|\(wish)",
        "\(not) tem|têm|tenha|tenham|há|possui|possuem|dou|dei [mais] [a|minha|nenhuma|qualquer|nenhum] [minha] \(permission) "
            + "pra|para|de [\(you)] \(ring) [mais]$",
        "\(not) autorizo|permito [mais] [\(you)] [a|que] [\(you)] me|nos \(call)|\(wish)",
        "^[eu] recuso|dispenso|rejeito [receber] [qualquer|todas|toda|todo|essas|estas|suas|novas|as] [as|suas|essas] \(calls)$",
        "gostaria|prefiro|desejo|quero|queria|peço|solicito|exijo [de] [pra|para] \(not) [mais] ser [mais] contatado|contatada"
            + "|contactado|contactada|procurado|procurada|incomodado|incomodada|perturbado|perturbada",
        "revogo [toda|todas] [a|o|as|minha|meu|qualquer] [minha|meu] \(permission) [de|pra|para] [\(calls)|me] [ligar|ligarem]$",
    ]

    /// They are reviewed.
    static let portugueseDoubtfulRefusals = [
        "evite|evitem [de] me|nos \(call)", "evite|evitem [de] [fazer] [as] ligar|telefonar|ligações|chamadas$",
        "saia|saiam|sai da|de|do|dos minha|meu|minhas|meus lista|listas|agenda|telefone|celular|whatsapp|zap|contatos|vida",
        "cancela|cancelo [a|o] minha|meu inscrição|cadastro|assinatura$", "pra|para [\(you)] pararem$",
        "\(not) pode|podem me|nos ligar mais$", "recuso|dispenso|rejeito [receber] [as|essas|suas] \(calls)",
        "revogo|revogar|retiro [a|o|minha|meu] [minha|meu] \(permission)", "proíbo [que] [\(you)] \(wish)|\(ring)",
        "\(banned) [de] \(ring)$",
    ]

    /// What is left where `não` has been damaged on its way, in whatever manner: `n?o me ligue mais`, `n&atilde;o …`.
    static let portugueseDamaged = [
        "[me|mim|nos] ligue|liguem|lige|ligem mais [pra|para] [mim|nós|nos|cá|ca]$",
        "[me|mim|nos] ligue|liguem|lige|ligem mais nesse|neste|pra|para [esse|este] [meu] número|telefone|celular$",
        "o|ao|e3o|a3o|u00e3o|aeo|naeo|nsso me|nos ligue|liguem",
    ]

    /// `vocês` begins a demand here, and no question.
    static let portugueseDemands = [
        "vocês não podem|devem mais", "vocês não têm|tem|possuem", "vocês estão|ficam proibidos|proibidas|proibido",
    ]

    static let portugueseEncouragements = [
        "\(not) desista|desistam de [me|nos] \(call)", "\(not) cancela [a|o] minha|meu inscrição|cadastro|assinatura",
    ]
}

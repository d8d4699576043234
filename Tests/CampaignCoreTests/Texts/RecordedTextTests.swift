import CampaignCore
import Testing

@Suite struct RecordedTextTests {
    @Test(arguments: [
        ("timed out", "tempo esgotado"), ("no reply: timed out", "sem resposta: tempo esgotado"),
        ("cannot connect: connection refused", "não foi possível conectar: conexão recusada"),
        ("HTTP 503, asked to try again later", "HTTP 503, pediu para tentar de novo mais tarde"),
        (
            "HTTP 404, Instance not found (check the instance's id and token, and baseURL)",
            "HTTP 404, Instance not found (confira o id e o token da instância, e baseURL)"
        ),
        (
            "quarantined after 3 failures in a row: HTTP 500, boom",
            "em quarentena depois de 3 falhas seguidas: HTTP 500, boom"
        ),
        ("loja: disconnected: not connected", "loja: desconectada: não conectada"),
        (
            "loja: misconfigured: HTTP 404, Instance not found (check the instance's id and token, and baseURL)",
            "loja: problema da conta: HTTP 404, Instance not found (confira o id e o token da instância, e baseURL)"
        ),
        ("no reply: Remote connection closed", "sem resposta: a conexão foi fechada do outro lado"),
        ("word “sair” in a longer text", "palavra “sair” num texto mais longo"),
        ("phrase “não me ligue”, but with “hoje”", "frase “não me ligue”, mas com “hoje”"),
        ("reply: word “cancelar” about “consulta”", "resposta: palavra “cancelar” sobre “consulta”"),
        ("reply, decided by ana (uid 1000)", "resposta, decidida por ana (uid 1000)"),
        (
            "no (for several contacts in a row: check the instance at Z-API); before that: timed out",
            "no (com vários contatos seguidos: confira a instância na Z-API); antes disso: tempo esgotado"
        ),
        (
            "held back: 12 s passed before the request could be sent; was the machine asleep?",
            "retida: passaram 12 s antes que o pedido pudesse ser enviado; a máquina estava suspensa?"
        ),
    ])
    func `our own words in a recorded text are found again`(english: String, portuguese: String) {
        #expect(Phrase(recorded: english) == Phrase(english, portuguese))
    }

    @Test(arguments: [
        "", "Phone number is invalid", "HTTP 400, Bad Request", "a: b: c", "x (y) (z)", "Você não está conectado.",
    ])
    func `what Z-API has said stays as it is`(text: String) {
        #expect(Phrase(recorded: text) == Phrase(verbatim: text))
    }

    @Test(arguments: [
        "nome;telefone\nAna;119\n", "nome;telefone\nAna;11999990001;9;9\n", "nome;telefone\nAna;\n",
        "nome;telefone\nAna;abc\n", "nome;telefone\nAna;11 98765-4302 / 98765-4303\n",
        "telefone;callDuration\n11999990001;99\n", "telefone;notBefore\n11999990001;amanhã\n",
        "telefone;notBefore\n11999990001;01/02/26\n", "telefone;callAudioUrl\n11999990001;x y\n",
    ])
    func `the remedy of a rejected row is found again from what is recorded`(list: String) throws {
        let reject = try #require(try ReadList(list).rejects.first)
        #expect(reject.remedy.english == reject.suggestion)
        #expect(reject.remedy.portuguese != reject.suggestion, "\(reject.suggestion)")
    }

    @Test func `a long text is not searched for ours without end`() {
        for text in [
            String(repeating: "a: b (c; before that: ", count: 5000), String(repeating: "a: ", count: 600),
            String(repeating: "; before that: ", count: 130),
        ] {
            #expect(Phrase(recorded: text).english == text)
        }
    }
}

import CampaignCore

/// The files of a new campaign, in the user's language. A line of the campaign file that begins with # and no space is a
/// setting that is off.
enum CampaignTemplate {
    /// The list that the campaign file names. Nobody has these numbers.
    static let listName = "contatos.csv"

    /// As Excel in Brazil saves a list: a byte order mark, and semicolons.
    static let list =
        "\u{FEFF}"
        + [
            "Nome;Celular;Contrato", "Ana Exemplo;(11) 90000-0001;1001", "Bruno Exemplo;11 90000 0002;1002",
            "Clara Exemplo;+55 21 90000-0003;1003",
        ].map { $0 + "\r\n" }.joined()

    static let secrets = Phrase(
        """
        # What campaign.yml names as ${…}. Only you may read this file (mode 0600); give it to nobody, and keep it out of
        # version control. Z-API shows the values: the instance's page has its id and its token, the page “Security” the
        # account's security token (Client-Token).
        ZAPI_INSTANCE_ID=
        ZAPI_INSTANCE_TOKEN=
        ZAPI_CLIENT_TOKEN=

        """,
        """
        # O que o campaign.yml chama de ${…}. Só o dono pode ler este arquivo (modo 0600): não passe a ninguém e deixe
        # fora do controle de versão. Os valores estão na Z-API: a página da instância tem o ID e o token; a página
        # “Segurança”, o token de segurança da conta (Client-Token).
        ZAPI_INSTANCE_ID=
        ZAPI_INSTANCE_TOKEN=
        ZAPI_CLIENT_TOKEN=

        """)

    /// What must not be committed.
    static let ignored = """
        .env
        *.db
        *.db-*
        *.rejects*.csv

        """

    static func file(name: String) -> Phrase {
        Phrase(
            """
            # A campaign: a list of contacts, the instances of Z-API that call them, and when. `discador check` reads this file
            # and says what is wrong with it. A line that begins with # and no space is a setting that is off, with an example:
            # take the # away to use it. The reference of all settings is campaigns/README.md in the program's sources.

            # The name in the database, in reports and on the command line.
            name: \(name)

            # The list that `discador import` reads: .csv or .xlsx. Its columns are recognized by their names.
            contacts: \(listName)

            # Which column has what, where that is not recognized; none if the list has no such column.
            #columns: {phone: [Celular, Fone], name: Nome, callDuration: none, callAudioUrl: none, notBefore: none, ddd: none, ddi: none}
            # Call the next phone of a row if the one before has no WhatsApp.
            #fallback: true
            # The country of numbers that are written without one.
            #country: "55"

            # The instances that call: their values are in .env. Remove clientToken if the account has no security token.
            instances:
              - name: vendas
                id: ${ZAPI_INSTANCE_ID}
                token: ${ZAPI_INSTANCE_TOKEN}
                clientToken: ${ZAPI_CLIENT_TOKEN}
            # To rehearse with `discador simulate --port 8080`, which rings no phone (take it out before you call people):
            #    baseURL: http://127.0.0.1:8080
            # At most so many calls a minute, calls a day, and calls on its first, second … day.
            #    pace: {calls: 6, per: 1m}
            #    dailyCap: 200
            #    warmup: [20, 50, 100, 200]

            # When calls may begin. Without it: Monday to Saturday, 09:00 to 20:00 on each contact's own clock.
            #window: {timezone: America/Sao_Paulo, days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", overnight: false, holidays: [2026-12-25]}
            # For a rehearsal at any hour, write `window: always` instead; take it out before you call people.
            # Contacts that have not been called by then are excluded.
            #expires: 2026-12-31T18:00-03:00

            # How long a call rings, in seconds. An audio is only for accounts with Z-API's calls contract.
            #call: {duration: 5, audio: "https://example.com/aviso.mp3"}

            # The pace of the whole campaign, and its part where campaigns share an instance.
            #pace: {calls: 30, per: 1m}
            #share: 2
            # Stop if more than half of the last 20 calls failed.
            #brake: {failures: 50%, over: 20}

            # Call again whoever did not answer, and how often one person may be called. Both need webhooks.
            #redial: {notAnswered: {attempts: 1, after: 3h}}
            #perPerson: {calls: 3, per: 7d, unansweredInARow: 3}
            # Replies that mean “do not call me”, beside those that are always known.
            #optOut: {words: [chega de ligar], buttons: [Não quero receber], review: ["2"]}

            # Forget people so long after their last call (`discador prune` does it at once).
            #retention: 180d
            # Stay open for contacts that are imported later.
            #follow: true
            # Where the program posts that the campaign is done, stopped or disconnected; both variables belong into .env.
            #notify: {url: "${NOTIFY_URL}", secret: "${NOTIFY_SECRET}", on: [done, brake, disconnected, optOut]}

            # What rarely needs a change.
            #workers: 8
            #timeout: 30s
            #retry: {attempts: 4, first: 30s, longest: 15m}
            #health: {every: 60s}
            # A call that may have rung waits for a person. With `retry` it is called again: THE SAME PERSON MAY BE RUNG TWICE.
            #inDoubt: hold
            # With `allow`, Z-API may call people at any hour when a phone is back.
            #queueWhileDisconnected: refuse

            """, portuguese(name: name))
    }

    private static func portuguese(name: String) -> String {
        """
        # Uma campanha: uma lista de contatos, as instâncias da Z-API que ligam, e quando. `discador check` lê este arquivo e
        # diz o que está errado. Uma linha que começa com # sem espaço é uma configuração desligada, com um exemplo: tire o #
        # para usar. Todas as configurações estão em campaigns/README.md, junto do código do programa.

        # O nome no banco de dados, nos relatórios e nos comandos.
        name: \(name)

        # A lista que `discador import` lê: .csv ou .xlsx. As colunas são reconhecidas pelo nome.
        contacts: \(listName)

        # O que há em cada coluna, quando não é reconhecido; none se a lista não tem essa coluna.
        #columns: {phone: [Celular, Fone], name: Nome, callDuration: none, callAudioUrl: none, notBefore: none, ddd: none, ddi: none}
        # Liga para o telefone seguinte da linha se o anterior não tem WhatsApp.
        #fallback: true
        # O país dos números escritos sem ele.
        #country: "55"

        # As instâncias que ligam: os valores ficam no .env. Tire o clientToken se a conta não tem token de segurança.
        instances:
          - name: vendas
            id: ${ZAPI_INSTANCE_ID}
            token: ${ZAPI_INSTANCE_TOKEN}
            clientToken: ${ZAPI_CLIENT_TOKEN}
        # Para ensaiar com `discador simulate --port 8080`, que não toca telefone nenhum (tire antes de ligar para pessoas):
        #    baseURL: http://127.0.0.1:8080
        # No máximo tantas ligações por minuto, por dia, e no primeiro, segundo … dia de uso.
        #    pace: {calls: 6, per: 1m}
        #    dailyCap: 200
        #    warmup: [20, 50, 100, 200]

        # Quando as ligações podem começar. Sem isto: segunda a sábado, das 9h às 20h no horário de cada contato.
        #window: {timezone: America/Sao_Paulo, days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", overnight: false, holidays: [2026-12-25]}
        # Para ensaiar a qualquer hora, escreva `window: always` no lugar; tire antes de ligar para pessoas.
        # Quem não recebeu a ligação até então é excluído.
        #expires: 2026-12-31T18:00-03:00

        # Quanto a ligação toca, em segundos. Áudio, só em contas com o contrato de ligações da Z-API.
        #call: {duration: 5, audio: "https://example.com/aviso.mp3"}

        # O ritmo da campanha inteira, e a parte dela quando campanhas dividem uma instância.
        #pace: {calls: 30, per: 1m}
        #share: 2
        # Para se mais da metade das últimas 20 ligações falhou.
        #brake: {failures: 50%, over: 20}

        # Liga de novo para quem não atendeu, e quantas vezes se liga para uma pessoa. Os dois precisam de webhooks.
        #redial: {notAnswered: {attempts: 1, after: 3h}}
        #perPerson: {calls: 3, per: 7d, unansweredInARow: 3}
        # Respostas que querem dizer “não me ligue”, além das que sempre são conhecidas.
        #optOut: {words: [chega de ligar], buttons: [Não quero receber], review: ["2"]}

        # Apaga os dados das pessoas tanto tempo depois da última ligação (`discador prune` faz isso na hora).
        #retention: 180d
        # Fica aberta para contatos importados depois.
        #follow: true
        # Para onde o programa avisa que a campanha terminou, parou ou desconectou; as duas variáveis vão no .env.
        #notify: {url: "${NOTIFY_URL}", secret: "${NOTIFY_SECRET}", on: [done, brake, disconnected, optOut]}

        # O que raramente precisa mudar.
        #workers: 8
        #timeout: 30s
        #retry: {attempts: 4, first: 30s, longest: 15m}
        #health: {every: 60s}
        # Uma ligação que talvez tenha tocado espera por alguém. Com `retry` liga-se de novo: A MESMA PESSOA PODE RECEBER DUAS.
        #inDoubt: hold
        # Com `allow`, a Z-API pode ligar a qualquer hora quando o celular voltar.
        #queueWhileDisconnected: refuse

        """
    }

    /// A campaign's name from that of its folder: `cobranca-novembro` from `Cobrança novembro`.
    static func name(of folder: String) -> String? {
        let plain = folder.lowercased().map { withoutAccent[$0] ?? $0 }
        let words = plain.split { !isAllowed($0) }.map { String($0) }
        let name = words.joined(separator: "-").drop { "-_.".contains($0) }.prefix(64)
        return name.isEmpty ? nil : String(name)
    }

    private static let withoutAccent: [Character: Character] = {
        let letters: [(Character, String)] = [
            ("c", "ç"), ("n", "ñ"), ("a", "áàâãä"), ("e", "éèêë"), ("i", "íìîï"), ("o", "óòôõö"), ("u", "úùûü"),
        ]
        return Dictionary(uniqueKeysWithValues: letters.flatMap { letter, accented in accented.map { ($0, letter) } })
    }()

    private static func isAllowed(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber) || "-_.".contains(character)
    }
}

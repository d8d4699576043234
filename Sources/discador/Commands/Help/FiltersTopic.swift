import ArgumentParser
import CampaignCore

/// `discador help filters`: how the expressions of `--where` are written.
struct FiltersTopic: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filters",
        abstract: SystemEnvironment.language.text(
            "How --where chooses contacts.", "Como o --where escolhe os contatos."),
        usage: "", discussion: SystemEnvironment.language.text(english, portuguese), shouldDisplay: false, helpNames: []
    )

    private static let english = """
        An expression compares fields with values:

          state = failed and (httpStatus = 422 or error ~ rejected)

        Fields of a contact:
          state           \(states)
          reason          why it is in this state, such as no_whatsapp or cancelled
          phone           the number that it has, digits only, with the country code
          ddd, country    its area code, and its calling code
          attempts        how many attempts there were
          instance        the instance of the last attempt
          httpStatus      the code of the last reply
          error           the text of the last error
          firstAttemptAt, lastAttemptAt

        Fields that webhooks fill in:
          delivery, deliveryError, answer, answeredAt, calledBackAt, repliedAt

        Every column of the lists is a field, too, by its name; in brackets unless it
        is a single word: [Nome do Cliente] = Ana

        Comparisons:
          =  !=           the same; another one
          <  <=  >  >=    less, greater
          ~  !~           contains, with or without accents; does not contain
          in (11, 21)     one of these

        They are joined by and, or, not and parentheses. Put values of several words
        in quotes. An unknown value equals only "".

        Times are 2026-11-25 or 2026-11-25T09:30, in the time zone of the campaign's
        window at its last run, or this machine's where that has none.

        Examples:
          discador retry cobranca --where "state = failed and error ~ timeout"
          discador report cobranca --format csv --where "answer = answered"
          discador retry cobranca --where 'ddd in (11, 21) and reason = cancelled'
        """

    private static let portuguese = """
        Uma expressão compara campos com valores:

          state = failed and (httpStatus = 422 or error ~ rejected)

        Campos de um contato:
          state           \(states)
          reason          por que está assim, como no_whatsapp ou cancelled
          phone           o número, só dígitos, com o código do país
          ddd, country    o DDD e o código do país
          attempts        quantas tentativas houve
          instance        a instância da última tentativa
          httpStatus      o código da última resposta da Z-API
          error           o texto do último erro
          firstAttemptAt, lastAttemptAt

        Campos que os webhooks preenchem:
          delivery, deliveryError, answer, answeredAt, calledBackAt, repliedAt

        Cada coluna das listas também é um campo, pelo nome; entre colchetes se tiver
        mais de uma palavra: [Nome do Cliente] = Ana

        Comparações:
          =  !=           igual; diferente
          <  <=  >  >=    menor, maior
          ~  !~           contém, com ou sem acentos; não contém
          in (11, 21)     um destes

        Elas se juntam com and, or, not e parênteses. Valores de várias palavras vão
        entre aspas. Um valor desconhecido só é igual a "".

        Datas e horas: 2026-11-25 ou 2026-11-25T09:30, no fuso da janela da campanha na
        última execução, ou no desta máquina quando a janela não tem um.

        Exemplos:
          discador retry cobranca --where "state = failed and error ~ timeout"
          discador report cobranca --format csv --where "answer = answered"
          discador retry cobranca --where 'ddd in (11, 21) and reason = cancelled'
        """

    private static let states = CallState.allCases.map(\.rawValue).joined(separator: ", ")

    func run() throws { throw CleanExit.helpRequest(Self.self) }
}

import ArgumentParser
import CampaignCore

/// `discador token`: who may use the API.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        Phrase("Tokens of the API, for programs.", "Tokens da API, para programas."),
        discussion: Phrase(
            """
            A program that uses the API of `discador serve` shows a token. Each has a name, which the log of who did \
            what shows, and may do only what its scopes say: `read` looks, `operate` also starts, stops and changes \
            campaigns and the do-not-call list, `import` adds contacts.
            """,
            """
            Um programa que usa a API do `discador serve` apresenta um token. Cada token tem um nome, que aparece no \
            registro de quem fez o quê, e só pode fazer o que seus escopos dizem: `read` consulta, `operate` também \
            inicia, para e altera campanhas e a lista de não ligar, `import` acrescenta contatos.
            """),
        examples: [
            "discador token add crm --scope read --scope import",
            "discador token list",
        ],
        subcommands: [TokenAddCommand.self, TokenListCommand.self, TokenRemoveCommand.self])
}

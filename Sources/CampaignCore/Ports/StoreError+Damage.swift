/// Of files that are not what they should be: what is lost, and how to continue without calling anybody again.
extension StoreError {
    static func fromOlderVersionText(_ path: String) -> Phrase {
        Phrase(
            """
            \(path) was made by an earlier version of discador, whose tables this version cannot read; it was left as it is. \
            Finish its campaigns with that version, or choose another file with --db. A new database does not know of the \
            calls made from this one, or of its do-not-call list: leave the people in both out of the lists that you import \
            there.
            """,
            """
            \(path) foi criado por uma versão anterior do discador, cujas tabelas esta versão não lê; ele ficou como estava. \
            Termine as campanhas dele com aquela versão, ou escolha outro arquivo com --db. Um banco de dados novo não conhece \
            as ligações feitas a partir deste, nem a lista de não ligar dele: deixe as pessoas de ambos fora das listas que \
            importar ali.
            """)
    }

    static func corruptText(_ path: String, _ detail: Phrase) -> Phrase {
        let dump = "`sqlite3 -readonly \(SuggestedCommands.quoted(path)) .dump`"
        let block = "`\(SuggestedCommands(databaseAt: path).command("block", "import", "FILE"))`"
        return Phrase(
            """
            \(path) is damaged (\(detail.english)) and was left as it is. Keep it: \(dump) \
            (or `.recover`, where sqlite3 was built with it) prints what is still readable, with the calls that were made. A copy that \
            `discador backup` made does not know of later calls, and a run from it would call those people again: if you \
            restore one, put everyone who was called since on its do-not-call list before the next run \
            (\(block)).
            """,
            """
            \(path) está danificado (\(detail.portuguese)) e ficou como estava. Guarde-o: \(dump) \
            (ou `.recover`, onde o sqlite3 o tiver) mostra o que ainda se lê, com as ligações que foram feitas. Uma cópia feita com \
            `discador backup` não conhece as ligações posteriores, e uma execução a partir dela ligaria de novo para essas \
            pessoas: se restaurar uma, ponha na lista de não ligar dela, antes da próxima execução, todos os que foram \
            chamados desde então (\(block)).
            """)
    }

    static func tooManyFilesText(_ path: String) -> Phrase {
        Phrase(
            """
            \(path) cannot be opened: this process, or the machine, has reached its limit of open files. Raise the limit \
            (`ulimit -n 1024`, or LimitNOFILE= of a service), then run the same command again.
            """,
            """
            \(path) não pode ser aberto: este processo, ou a máquina, atingiu o limite de arquivos abertos. Aumente o limite \
            (`ulimit -n 1024`, ou LimitNOFILE= de um serviço) e execute o mesmo comando de novo.
            """)
    }

    static func replacedText(_ path: String) -> Phrase {
        Phrase(
            """
            \(path) was removed or replaced while it was in use, so nothing more is written and no one else is called: \
            put the original file back. The results of calls under way are kept beside the database.
            """,
            """
            \(path) foi removido ou substituído enquanto estava em uso; por isso nada mais é gravado e ninguém mais é chamado: \
            ponha o arquivo original de volta. Os resultados das ligações em andamento ficam guardados ao lado do banco de dados.
            """)
    }

    static func replacedText(_ path: String, _ place: String, rescued: String) -> Phrase {
        let restore = "`\(SuggestedCommands(databaseAt: place).command("restore", rescued))`"
        return Phrase(
            """
            \(path) was removed or replaced while it was in use, so nothing more is written and no one else is called. \
            Everything known so far is in \(rescued): put it in place with \
            \(restore). The results of calls under way are kept \
            beside the database.
            """,
            """
            \(path) foi removido ou substituído enquanto estava em uso; por isso nada mais é gravado e ninguém mais é chamado. \
            Tudo o que se sabe até aqui está em \(rescued): ponha-o no lugar com \
            \(restore). Os resultados das ligações em andamento ficam guardados \
            ao lado do banco de dados.
            """)
    }

    static func overwrittenText(_ path: String, _ place: String) -> Phrase {
        let copy = forgetting("COPY", at: place)
        let block = "`\(SuggestedCommands(databaseAt: place).command("block", "import", "FILE"))`"
        return Phrase(
            """
            Another program has written over \(path) while it was in use, so nothing more is written and no one else is called. \
            Its contents are lost, and the file will not be dialed from again. If there is a \(path)-rescued-… beside it, \
            restore that one: it has every call. Else restore a copy made by `discador backup` \
            with \(copy), and put everyone who was called since on its do-not-call list before the \
            next run (\(block)). The results of calls under \
            way are kept beside the database.
            """,
            """
            Outro programa gravou por cima de \(path) enquanto ele estava em uso; por isso nada mais é gravado e ninguém mais é \
            chamado. O conteúdo se perdeu, e a partir desse arquivo não se liga mais. Se houver um \(path)-rescued-… ao lado, \
            restaure esse: ele tem todas as ligações. Senão, restaure uma cópia feita com `discador backup` \
            usando \(copy), e ponha na lista de não ligar dela, antes da próxima execução, todos os que foram chamados desde \
            então (\(block)). Os resultados das ligações em andamento ficam guardados ao lado do banco de dados.
            """)
    }

    static func indexOverwrittenText(_ path: String) -> Phrase {
        Phrase(
            """
            Another program has written over \(path) while it was in use, so nothing more is written and no one else is called. \
            The database and its log are intact: run the same command again; it continues from them, or says what is missing. The \
            results of calls under way are kept beside the database.
            """,
            """
            Outro programa gravou por cima de \(path) enquanto ele estava em uso; por isso nada mais é gravado e ninguém mais é \
            chamado. O banco de dados e o log dele estão intactos: execute o mesmo comando de novo; ele continua a partir deles, \
            ou diz o que falta. Os resultados das ligações em andamento ficam guardados ao lado do banco de dados.
            """)
    }

    static func lostText(_ path: String) -> Phrase {
        let restore = "`\(SuggestedCommands(databaseAt: path).command("restore", "COPY"))`"
        return Phrase(
            """
            There is no database at \(path), although there used to be one. Starting over would call people again who were \
            already called. Put it back, or restore a copy with \
            \(restore), such as \(path)-rescued-1 or \
            \(path)-replaced-… beside it. To start over anyway, remove \(path)-tide and \(path)-spool, or choose \
            another file with --db.
            """,
            """
            Não há banco de dados em \(path), embora já tenha havido um. Começar de novo ligaria outra vez para pessoas que já \
            foram chamadas. Ponha-o de volta, ou restaure uma cópia com \
            \(restore), como \(path)-rescued-1 ou \
            \(path)-replaced-… ao lado dele. Para começar de novo assim mesmo, remova \(path)-tide e \(path)-spool, ou escolha \
            outro arquivo com --db.
            """)
    }

    static func unmarkedText(_ path: String) -> Phrase {
        let forgetting = forgetting(path, at: path)
        return Phrase(
            """
            \(path)-tide, which records the last commit of \(path), is missing, so it is not known whether this is the newest \
            file and whether its log is complete. Dialing from an older one would call people again. Put the mark back; to continue \
            from this file anyway: \(forgetting).
            """,
            """
            \(path)-tide, que registra a última gravação de \(path), não está lá; por isso não se sabe se este é o arquivo mais \
            novo e se o log dele está completo. Discar a partir de um mais antigo ligaria de novo para as pessoas. Ponha a marca de \
            volta; para continuar com este arquivo assim mesmo: \(forgetting).
            """)
    }

    static func writtenElsewhereText(_ path: String, _ name: String) -> Phrase {
        let forgetting = forgetting(path, at: path)
        return Phrase(
            """
            \(path) was last written as \(name), and its log or its mark stayed there, with calls that this file may not \
            know of. Move the files whose names begin with \(name) here too; to continue from this file anyway: \
            \(forgetting).
            """,
            """
            \(path) foi gravado pela última vez como \(name), e o log ou a marca dele ficou lá, com ligações que este arquivo \
            talvez não conheça. Traga também para cá os arquivos cujos nomes começam com \(name); para continuar com este arquivo \
            assim mesmo: \(forgetting).
            """)
    }

    static func otherDatabaseText(_ path: String, _ place: String) -> Phrase {
        let forgetting = forgetting(path, at: place)
        return Phrase(
            """
            \(path) is not the database that was written at \(place): dialing from it would call people again \
            who were already called from that one. To use it there anyway: \(forgetting); or choose \
            another file with --db.
            """,
            """
            \(path) não é o banco de dados que foi gravado em \(place): discar a partir dele ligaria de novo para pessoas que já \
            foram chamadas a partir daquele. Para usá-lo ali assim mesmo: \(forgetting); ou escolha \
            outro arquivo com --db.
            """)
    }

    static func outdatedText(_ path: String, _ place: String, _ commits: Int, _ wanted: Int) -> Phrase {
        let forgetting = forgetting(path, at: place)
        return Phrase(
            """
            \(path) is not what was last written under this name: it knows \(commits) of \(wanted) transactions, so it is \
            an older copy, or its log was removed or cut. Dialing from it would call people again who were called since. \
            Put the newer file back; to continue from this one anyway: \
            \(forgetting).
            """,
            """
            \(path) não é o que foi gravado por último com este nome: ele conhece \(commits) de \(wanted) transações, portanto \
            é uma cópia mais antiga, ou o log dele foi removido ou cortado. Discar a partir dele ligaria de novo para pessoas \
            chamadas desde então. Ponha o arquivo mais novo de volta; para continuar com este assim mesmo: \
            \(forgetting).
            """)
    }

    /// How to continue from a file that may be older than what was at a place.
    private static func forgetting(_ path: String, at place: String) -> String {
        "`\(SuggestedCommands(databaseAt: place).command("restore", path, "--forget-later-calls"))`"
    }
}

extension OptOutTable {
    private static let not = "não|naum|num|nn|n|ñ|nem"
    private static let me = "me|mim|nos|mi"
    /// Only as an order or a wish: `não me ligam mais` complains that nobody calls.
    private static let call =
        "ligue|liguem|ligar|ligarem|telefone|telefonem|telefonar|contate|contatem|contatar|contacte"
        + "|contactem|contactar|procure|procurem|procurar|chame|chamem|chamar|perturbe|perturbem|perturbar"
        + "|ligasse|ligassem|telefonasse|telefonassem|chamassem|procurassem|contatassem|\(misspelled)"
    /// Frequent enough to be words of their own; they are no other word.
    private static let misspelled = "lige|ligem|liguen|ligueim"
    private static let callForms = "\(misspelled)|ligue|liguem|ligar|ligarem|liga|telefone|telefonem|telefonar|telefona"
    private static let calls = "ligação|ligações|ligaçoes|chamada|chamadas|telefonema|telefonemas|contato|contatos"
    private static let messages =
        "mensagem|mensagens|mensagen|msg|msgs|msn|sms|nada|propaganda|propagandas|promoção"
        + "|promoções|oferta|ofertas|publicidade|publicidades|anúncio|anúncios"
    private static let send = "mande|mandem|mandar|mandarem|envie|enviem|enviar|enviarem"
    private static let stop = "pare|parem|parar|para|parando|deixe|deixem|deixar|pára"
    private static let want = "quero|queremos|desejo|desejamos|gostaria|aceito|autorizo|permito|queria|pretendo|posso"
    private static let take =
        "tira|tire|tirem|tirar|remove|remova|removam|remover|retira|retire|retirem|retirar|apaga|apague"
        + "|apaguem|apagar|exclui|exclua|excluam|excluir|deleta|delete|deletem|deletar|risca|risque|risquem|elimina"
        + "|elimine|eliminem|desvincule|bloqueia|bloqueie|bloqueiem"
    private static let taken =
        "removido|removida|removidos|retirado|retirada|tirado|tirada|excluído|excluída|apagado|apagada"
        + "|descadastrado|descadastrada"
    private static let number =
        "número|números|numero|num|nr|telefone|telefones|tel|celular|contato|fone|whatsapp|whats|zap"
    private static let lists = "lista|listas|base|mailing|agenda|contatos|cadastro|cadastros|sistema|banco"
    /// What one turns on.
    private static let appliance =
        "luz|lâmpada|aparelho|celular|telefone|tablet|notebook|computador|tv|televisão|carro|moto|motor|máquina"
        + "|chuveiro|ventilador|geladeira|fogão|modem|roteador|monitor|tela|som|impressora|ar"
    private static let written = "whatsapp|whats|wpp|zap|zapzap|mensagem|mensagens|msg|texto|escrito|email|e"

    static let portuguese = OptOutTable(
        words: [
            "sair", "parar", "pare", "parem", "cancelar", "cancele", "cancelem", "descadastrar", "descadastre",
            "descadastrem", "descadastra", "descadastro", "descadastramento", "remover", "remova", "removam",
            "desinscrever",
            "desinscreva", "desinscrição", "me descadastre|descadastra|descadastrem|descadastrar [aí|daí|logo|já]",
            "me remova|remove|removam|remover",
            "descadastrar|descadastre me",
        ] + portugueseRunTogether,
        menuWords: ["cancelar", "cancele", "cancelem", "remover", "remova", "removam"],
        contact: [
            "\(not) [\(me)] \(call) [nunca|jamais] mais", "^\(not) [\(me)] liga|telefona|chama|perturba [nunca] mais",
            "^\(not) [\(me)] liga|telefona|chama novamente", "^\(not) [\(me)] liga|telefona|chama de novo",
            "solicito|solicitar|peço|quero|queria|gostaria|desejo|exijo|requeiro|favor [de] [fazer] [a] "
                + "exclusão|remoção|retirada do|de|desse|deste [meu|nosso] \(number)",
            "\(not) [\(me)] \(call) mas|maiz$", "\(not) \(me) liga mas|maiz$",
            "\(not) [mais] \(me) \(call) [mais] nunca", "\(not) mais \(me) \(call)",
            "nunca|jamais mais [\(me)] \(call)", "^nunca mais [\(me)] liga|telefona|chama",
            "nunca|jamais \(me) \(call) mais",
            "\(not) é|eh|era [mais] pra|para [vocês|vcs] [\(me)] [mais] \(call) [mais]",
            "\(not) [mais] [\(me)] \(callForms) [mais] pra|para mim|nós|ca|cá mais",
            "\(not) [mais] [\(me)] \(callForms) [mais] nesse|neste|nessa|nesta|pra|para|no [esse|este|essa|esta|o|meu] "
                + "[meu] número|numero|telefone|celular|linha|fone",
            "\(not) [\(me)] \(callForms) mais aqui",
            "\(not) \(want) [mais] [de] [receber|ter|atender] [mais] [de] [nenhum|nenhuma|essa|essas|esse|esses|sua|suas"
                + "|seu|novas|outras|qualquer|a|as|o|os|tipo|tantas] [tipo|outra|sua|suas|vossa] [de] \(calls) [mais]",
            "\(not) \(want) [mais] [de] receber [mais] [nenhum|nenhuma|essa|essas|sua|suas|qualquer|as|tipo|a] [tipo] [de] "
                + "\(messages)",
            "\(not) \(want) [mais] que [vocês|voces|vcs|vc|você|ninguém] [mais] [\(me)] \(call)|incomodem [mais]",
            "\(not) \(want) [mais] [de] ser contatado|contatada|contactado|contactada|procurado|procurada|incomodado"
                + "|incomodada|perturbado|perturbada",
            "gostaria|prefiro|desejo|peço|solicito|favor [de] [para] não [mais] receber [mais] [nenhuma|essas|suas|as] "
                + "\(calls)|mensagens|propagandas",
            "\(not) [mais] entre|entrem|entrar|entrarem|faça|façam|fazer [mais] [em] contato [mais] [comigo]",
            "\(not) [mais] [\(me)] \(send) [mais] [nenhum|nenhuma|essa|essas|sua|suas|outra|outras|tantas|esse|esses|tipo"
                + "|a|as] [tipo] [de] \(messages) [mais]",
            "^\(not) [\(me)] manda|envia [mais] [nenhuma|essas|suas] \(messages) [mais]",
            "\(not) [\(me)] escreva|escrevam|escrever mais",
            "\(stop) de|d [ficar|estar] [\(me)] ligar|ligando|telefonar|telefonando|contatar|procurar|chamar|perturbar",
            "\(stop) de|d [ficar] [\(me)] mandar|mandando|enviar|enviando [mais] [essa|essas|tanta|tantas|sua|suas|a|as] "
                + "\(messages)",
            "\(stop) com [a|as|essa|essas|esta|estas|sua|suas|tanta|tantas|toda|todas] [as|essas|suas] "
                + "\(calls)|mensagens|msgs|propagandas",
            "\(stop) as|essas|suas|todas ligações|ligaçoes|chamadas|mensagens",
            "chega|basta de [tanta|tantas|mais|essas|suas] \(calls)|mensagem|mensagens|propaganda|ligar",
            "só|so|somente|apenas [por|pelo|no|via|com] \(written) [e|mas] sem|não|nada|nunca|n [de|por|me] [mais] "
                + "ligação|ligações|ligaçoes|chamada|chamadas|ligar|ligue|liguem|liga|telefone",
            "\(not) [por|me|faça|façam] ligação|ligações|ligaçoes|chamada|chamadas|ligue|liguem|liga|ligar só|so|somente"
                + "|apenas [por|pelo|no|via] \(written)",
            "^ligação|ligações|ligaçoes|chamada|chamadas não",
            "\(take) [todos] [o|os|do|esse|este] meu|meus|esse|este|nosso|nossos|desse|deste \(number)",
            "\(take) [o] meu|nosso|esse|este nome|número|contato|telefone da|dessa|desta|de|do|desse|deste|das "
                + "[sua|suas|vossa|seu|seus] \(lists)",
            "quero|queria|gostaria|desejo|solicito|peço|preciso|exijo|prefiro [de] [para] ser "
                + "removido|removida|descadastrado|descadastrada$",
            "quero|queria|gostaria|desejo|solicito|peço|preciso|exijo|prefiro [de] [para] ser \(taken) "
                + "da|dessa|desta|de|do|desse|deste|das [sua|suas|vossa|seu|seus] \(lists)",
            "esquece|esqueça|esqueçam [o] [esse] meu|esse|este \(number)",
            "\(take) [me|eu|nos] da|dessa|desta|de|das|dessas|do|desse|deste|desses|sua|suas [sua|suas|vossa|toda|todas"
                + "|qualquer|teu|seu|seus|tua] [as|a|suas] \(lists)",
            "quero|gostaria|desejo|preciso|podem|pode|queria [\(me)] sair da|dessa|desta|de|das [sua|suas|vossa] "
                + "lista|listas|base|mailing",
            "^sair|saia da|dessa|desta|de|das [sua|suas] lista|listas|base|mailing",
            "lista de \(not) perturbe|perturbar|perturbem|ligar|ligue|contatar|incomodar",
            "descadastra|descadastre|descadastrem|descadastrar|desinscrever|desinscreva [o] meu|meus|este|esse \(number)",
            "^quero|gostaria|desejo|solicito|queria|podem|pode|favor [de] [o|meu] [\(me)] "
                + "descadastrar|descadastro|desinscrever|descadastramento|desinscrição|descadastre|descadastrem$",
            "\(take)|cancela|cancelar|cancele|cancelem|suspenda|suspendam|suspender|interrompa|interrompam "
                + "[todas] [a|as|essas|suas|minhas|esse|os] [suas] ligações|ligaçoes|chamadas|mensagens|contatos",
            "\(take)|cancela|cancelar|cancele|cancelem|suspender|interromper|parar|pare|parem [o|com] [o] "
                + "recebimento|envio de|das|dessas [todas] [as] \(calls)|mensagens|msgs|propagandas",
            "bloqueia|bloqueie|bloqueiem|bloquear [o] meu número|contato|telefone",
        ] + portugueseRefusals,
        bare: [
            "\(not) \(me) \(call)", "^\(not) \(me) liga|telefona|perturba",
            "^\(not) ligue|liguem|ligar|telefone|telefonar$",
            "^\(not) \(me) chama$", "\(not) [\(me)] ligue|liguem|ligar|telefonar pra|para mim|nós|cá",
            "^\(not) liga|telefona pra|para mim|cá",
            "^sem [mais] ligação|ligações|ligaçoes|chamada|chamadas|telefonemas$",
            "^nada de ligação|ligações|ligaçoes|chamada|chamadas|telefonemas|ligar$",
        ],
        review: [
            "\(me) deixa|deixe|deixem|deixar|deixarem em paz", "deixa|deixe|deixem|deixar eu|me|nos em paz",
            "\(me) esquece|esqueça|esqueçam|erra|erre", "^não|n|nao enche|encha", "\(not) [\(me)] perturbe|perturbem",
            "\(not) [\(me)] incomode|incomodem|amole|amolem|encha|encham|insista|insistam|atormente",
            "quem é|eh|e|são|seria você|voce|vc|vcs|vocês|tu|essa|esse|isso", "^quem é|eh|e$", "quem fala|falando",
            "quem tá|ta|está|esta falando|ligando|ligou", "quem me|mim ligou|liga|ligando",
            "que|qual empresa é|e|eh",
            "como|onde|aonde|quem [vocês|vcs|você|vc] [te|lhe] "
                + "conseguiu|conseguiram|pegou|pegaram|achou|acharam|obteve|obtiveram|arrumou|arrumaram|tem|têm|deu|passou "
                + "[o] [esse] meu|esse \(number)",
            "de onde|aonde [vocês|vcs|você|vc] tirou|tiraram|pegou|pegaram|conseguiu|conseguiram|tem|têm [o] meu \(number)",
            "vou|irei|vamos|posso|quero [te|lhe|os|vos|vcs|vocês|a|fazer] "
                + "denunciar|bloquear|processar|reportar|reclamar|denúncia|acionar",
            "denunciar|denuncio|denúncia|denunciado|denunciados|denunciada|denunciei|denunciando|denunciarei|denunciem",
            "bloquear|bloqueado|bloqueada|bloqueados|bloqueei|bloqueio|bloqueando|bloquearei", "processo vocês|vcs",
            "golpe|golpes|golpista|golpistas|fraude|trote|estelionato|assédio|importunação|perturbação|perseguição|spam",
            "procon|anatel|lgpd|polícia|delegacia|justiça|advogado|advogada|juizado",
            "ligam|ligando demais|muito|sempre|tanto", "tanto [\(me)] ligam",
            "ligam|ligando|ligaram [o] todo|toda santo|santa dia|hora",
            "cansei|cansado|cansada [já] de|dessa|dessas|desse|desses|disso|com [essa|essas|tanta|tantas] vocês|vcs|isso|ligação|ligações|receber|atender",
            "^saia|saiam$",
            "\(stop)|parou|chega com|de isso|palhaçada|graça|encher|importunar|incomodar|amolar|cobrar|\(send)|spam",
            "\(stop) de [\(me)] encher|importunar|incomodar|perturbar|amolar|cobrar|mandar|mandando|enviar|enviando",
            "^para|pára$", "^chega|basta$", "^excluir|apagar|deletar|bloquear|desativar|desligar$", "^sai$",
            "sai|cai|vaza fora|daqui", "^para|pára já|agora|logo", "^não|nao|n quero [mais]$",
            "\(not) quero [mais] nada|isso|receber|saber|falar|conversa|papo", "\(not) quero whatsapp",
            "\(not) tenho [mais] interesse", "sem interesse", "\(not) [\(me)] interessa|interesso",
            "\(not) estou|tô|to [mais] interessado|interessada", "número|telefone|numero|pessoa errado|errada",
            "engano", "ligou|ligaram|ligando errado", "\(not) sou eu|essa|esse|mais", "\(not) conheço",
            "\(not) é|eh meu|minha|eu", "esse|este|essa|esta|meu número|numero|telefone|celular|linha não|n [é|e|eh]",
            "faleceu|falecido|falecida|falecimento|morreu",
            "\(not) precisa|precisam|precisava|necessito|carece mais [de] [\(me)] \(callForms)|retornar",
            "\(not) precisa|precisam|precisava|necessito|carece [de] [\(me)] \(callForms)|retornar mais",
            "prefiro [receber|que] [por|\(me)] [mandem|mande|escrevam] \(written)",
            "só|so|somente|apenas [por|pelo|no|via|me|atendo|respondo] [manda|mande|mandem] [por|pelo] \(written)",
            "\(not) atendo|recebo|aceito ligação|ligações|ligaçoes|chamada|chamadas|telefone|telefonema|desconhecido",
            "\(not) [\(me)|vou] \(send)|manda|envia [mais]", "\(not) [\(me)] liga [mais]",
            "\(take) \(me)|eu", "\(me) \(take)", "\(take) [os|o] meus|meu|minhas dados|cadastro|informações|nome",
            "\(not) aguento|suporto mais",
            "ligam|ligando|liga|ligaram [o|toda|todo|todos] [os] hora|dia|dias|direto|tempo",
            "\(not) para|param|parou|pararam de [\(me)] ligar|mandar|chamar",
            "\(not) autorizei|autorizo|dei|forneci|cadastrei|pedi|solicitei",
            "vai|vão se|tomar|pra|para tomar|foder|fuder|no|merda|inferno|ferrar|catar|puta",
            "vsf|vtnc|vtmnc|tnc|fdp|pqp|merda|porra|caralho|desgraça|inferno|saco",
        ] + portugueseDoubtfulRefusals + portugueseDamaged,
        needless: [
            "\(not) precisa|precisam|precisava|necessito|carece [de] [\(me)] \(callForms)|retornar"
        ],
        settlements: [
            "já resolvi|resolveu|resolvemos|paguei|pagamos|vi|recebi|peguei|consegui|marquei|agendei|remarquei"
                + "|confirmei|cheguei|chegou|acertei|retirei|busquei|fui",
            "já estou|tô|to|estamos|vou aí|indo|chegando|descendo|aqui|bem|em|na|no",
            "já tá|está|foi pago|paga|resolvido|certo|tudo|quitado|marcado",
            "eu [já|mesmo|mesma] vou|passo|ligo|retorno|busco|pego|resolvo",
            "vou|estou|tô|to|estamos|vamos aí|indo|chegando|descendo|passar|buscar|pegar|ligar|pessoalmente|no|na|até",
        ],
        courtesies: [
            "por favor|gentileza|obséquio|fv", "favor", "pf|pfv|pfvr|pff|pfvor", "muito|mto obrigado|obrigada|obg",
            "obrigado|obrigada|obrigad|obg|obgd|obgda|brigado|brigada|grato|grata|agradeço|agradecido|agradecida|valeu|vlw",
            "desde já", "oi|olá|oie|opa|alô", "bom dia", "boa|boas tarde|noite|tardes|noites", "abraço|abraços|abs|att",
            "atenciosamente|cordialmente", "tudo bem|bom", "desculpa|desculpe|desculpem", "com [todo] licença|respeito",
            "se possível|puder|puderem|der", "ok|okay|tá|ta|blz|beleza|certo",
            "senhor|senhora|sr|sra|moça|moço|doutora|doutor|dra",
            "deus abençoe", "amigo|amiga|querido|querida|gente|pessoal",
        ],
        shorthand: [
            "dnv": "novamente", "qro": "quero", "kero": "quero", "aki": "aqui", "q": "que", "k": "que", "ke": "que",
            "hj": "hoje", "oje": "hoje", "agr": "agora",
            "agra": "agora",
            "amh": "amanhã", "amnh": "amanhã", "amn": "amanhã", "dps": "depois", "dpois": "depois", "msm": "mesmo",
            "qnd": "quando", "qdo": "quando", "qndo": "quando", "pq": "porque", "td": "tudo", "nd": "nada",
            "tbm": "também", "tb": "também", "pra": "pra", "ligaçao": "ligação", "ligasao": "ligação",
            "ligassão": "ligação", "ligaçõe": "ligações", "ligaçoes": "ligações", "ligacoe": "ligações",
            "mensajem": "mensagem", "mensajens": "mensagens", "msgm": "mensagem", "numro": "número", "nmr": "número",
            "nro": "número",
        ],
        idioms: [
            "\(not) deixe|deixem|deixar|deixes de [\(me)] ligar|telefonar|chamar|avisar|mandar|procurar",
            "\(not) esquece|esqueça|esqueçam|esquecer de [\(me)] ligar|telefonar|chamar",
            "\(not) quero|queria|pretendo|vou|desejo [\(me)] sair|cancelar|parar|descadastrar|remover "
                + "[da|dessa|desta|a|o|minha|meu|de] [lista|grupo|base|espera|receber] [de|as] [espera]",
            "\(not) cancele|cancelem|cancelar|remova|removam|descadastre|descadastrem",
            "\(not) [\(me)] tire|tirem|remova|removam|retire|retirem [\(me)] da|dessa|desta|do|de "
                + "lista|listas|cadastro|grupo|sistema", "\(not) [\(me)] tira|remove da|de lista de espera",
            "pare|parem|parar|para no|na|nos|nas|aqui|ali|lá|perto|atrás|junto|ao",
            "pare|parem|parar|para em frente|cima|baixo",
            "\(not) quero|queria|é|eh [que|para|pra] [vocês|vcs|você] "
                + "cancele|cancelem|cancelar|remova|removam|descadastre|descadastrem",
            "o|a|os|as|meu|minha|seu|sua|nosso|nossa \(appliance) \(not) [está|tá|quer] liga|ligam|ligava|ligando|ligar "
                + "[mais|direito]",
            "\(not) liga|ligue|liguem|ligar [o|a|os|as] \(appliance)",
            "\(call)|vou|vai|vou|ao|acabei|antes|depois|preciso|posso|consigo [de] sair [de|do|da|agora|mais|cedo|tarde]",
            "sair o|a|caro|barato|bem|agora|cedo|tarde|mais",
            "sem parar", "não para|parar de crescer|doer|sangrar|chorar|tossir|vomitar",
        ] + portugueseEncouragements,
        matters: """
            consulta consultas exame exames agendamento agendamentos agenda horário horarios atendimento compra compras pedido
            pedidos plano planos contrato matrícula curso aula aulas serviço serviços seguro cartão conta boleto boletos
            fatura faturas parcela parcelas dívida dívidas débito pagamento pagamentos acordo proposta reserva viagem passagem
            entrega encomenda produto produtos internet dor dores febre tosse sangramento sangrar enjoo náusea remédio
            remédios medicamento medicamentos medicação antibiótico pílula comprimido injeção tratamento terapia
            fisioterapia cirurgia operação procedimento vacina vacinação dieta jejum anticoncepcional resultado resultados
            laudo hospital clínica retorno sessão sessões visita evento fumar beber cigarro álcool coceira inchaço trabalho
            casa banho escola prédio shopping mercado igreja aeroporto rodoviária elevador consultório quarto uti culto
            anestesia coma país cidade academia mensalidade orçamento troca devolução financiamento empréstimo vazamento carro dentista médico
            doer vomitar tossir chorar crescer comer beber vinda ida
            """,
        transitive: "remover remova removam cancelar cancele cancelem",
        articles: "o a os as um uma uns umas meu minha meus minhas esse essa este esta seu sua dele dela nosso nossa",
        limits: """
            hoje agora amanhã manhã tarde noite cedo antes depois durante enquanto até hora horas horário horários minutos
            semana mês ano dia dias domingo domingos sábado sábados feriado feriados segunda terça quarta quinta sexta trabalho
            serviço expediente reunião almoço madrugada fim ainda momento logo ocupado ocupada trabalhando dirigindo dormindo
            viajando aula viagem plantão se caso exceto salvo menos senão apenas quando espera água luz energia gás esgoto
            internet novo nova troca troque coloca coloque cadastra cadastre outro
            """,
        moments: "hoje agora ainda momento reunião dirigindo ocupado ocupada trabalhando dormindo serviço trabalho",
        unlimited: [
            "todo|toda|cada [santo|santa] dia|hora|semana|manhã|tarde|noite|momento", "o dia|tempo todo|inteiro",
            "todos|todas os|as dias|horas|semanas|manhãs|noites",
            "a partir de hoje|agora|já|amanhã", "de hoje|agora|ora em|por diante", "daqui em|pra|para diante|frente",
            "nunca|jamais mais", "em|de hora|momento nenhuma|alguma|nenhum|algum",
            "hora|dia|momento nenhuma|nenhum|alguma",
            "mais uma vez", "fim da picada", "em dia nenhum", "outra|outras vez|vezes", "de novo",
        ],
        askers:
            "porque pq porquê quem quando qual ele ela eles elas alguém médico doutor vocês se caso como motivo disseram falaram pediram avisaram",
        negations: "não n naum num nunca jamais nem ñ",
        requests: ["vocês podem|poderiam|precisam|devem|têm|tem", "se possível|puderem|puder|der"]
            + portugueseDemands,
        denials: [
            "\(not)|nunca [te|lhe] disse|falei|pedi|mandei|quis|escrevi|solicitei", "por que|quê", "em vez de",
            "ao invés de",
        ],
        invitations: [
            "^[pode|podem] [\(me)] liga|ligue|liguem", "pode|podem|podes [me] ligar|telefonar|retornar|chamar",
            "retorne|retorna|retornem [a|minha|mais|amanhã|depois|hoje]",
            "liga|ligue|liguem [pra|para] [mim] "
                + "depois|amanhã|hoje|mais|às|as|a|segunda|daqui",
        ],
        owners: "minha meu minhas meus nossa nosso sua seu suas seus essa esse este esta",
        ownThings: """
            número numero números telefone telefones celular celulares fone tel casa contato contatos whatsapp whats zap linha
            aparelho residência pessoa lista endereço chip vida sistema base mais cadastro inscrição assinatura
            recebimento envio autorização permissão consentimento nome dados perfil grupo mailing ligação ligações chamada
            chamadas mensagem mensagens notificações notificação contatos aviso avisos tudo coisa palhaçada porcaria encheção chateação negócio
            troço incômodo insistência vocês vcs você ninguém empresa nenhuma nenhum vossa qualquer todo toda
            """,
        others: "ela ele elas eles isso dela dele outra outras outro",
        toThing: "ao aos com",
        links: "pra para a o as os ao à com no na em de da do",
        lookalikes: """
            pagar ligam ligo ligou liguei ligaram ligava ligavam ligarão ligado ligada ligando ligaria ligaremos
            chamaram chamam chamou mandaram mandam mandou telefonaram telefonou procuraram procuram contataram enviaram enviam
            entraram entram perturbam pararam entrei perturba deixaram deixam falem liguem lugar luguem
             para paro parte pago paga page pari parir parei param jair nair cair sai saia saio sais sara top vale cancela
            câncer quite quito êxito sarar varar falar armar remo desisti desistiu desistir baixa baixar bala caja
            """
    )
}

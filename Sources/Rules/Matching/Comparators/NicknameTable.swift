/// Forms of forenames met in the United Kingdom and Ireland: English, Welsh, Scottish, Irish, South Asian and others.
/// Collected for this library from general knowledge. One set a line; a name may stand in several, at most in eight.
enum NicknameTable {
    static let sets = [fromAToL, fromMToZ, fromElsewhere].joined(separator: "\n").split(separator: "\n").map {
        $0.split(separator: " ").map { String($0) }
    }

    private static let fromAToL = """
        aaron arron aron ron ronnie
        abigail abbie abby abi gail abigayle
        abraham abe bram ibrahim
        adam ad addy
        adelaide addie ada della heidi
        adrian ade adie
        adrienne adrian addie
        agnes aggie nessie nessa senga annis
        aidan aiden aodhan aedan
        ailsa elsie
        alan al allan allen alun ailean
        alana alannah lana
        albert al bert bertie albie
        alexander alex al alec alick sandy sasha xander zander lex alasdair alastair alistair alister ally eck
        alexandra alex alexa alexis sandra sandie sandy sasha lexie lexi
        alfred al alf alfie fred freddie
        alice ali alicia allie alys alison aileas
        alison ali allie ally alyson allison
        alwyn al wyn
        amanda mandy manda
        amelia amy millie milly emelia mia
        amy aimee aimi
        andrew andy drew dandy andreas anndra
        andrea andie drea
        aneurin nye aneirin
        angela angie ange angelina
        angus gus aonghas aengus
        ann anne anna annie nan nancy hannah ana annette nana
        annabel annabelle bel bella anna
        anthony tony anton antony ant antoine
        antonia toni tonia
        archibald archie baldie gilleasbuig
        arthur art artie arturo
        ashley ash ashleigh ashlee
        audrey audra dree
        augustus gus augustine gussie
        barbara barb barbie babs bab
        barnaby barney barnabas
        barry baz bazza barrie finbar finbarr
        bartholomew bart barty
        beatrice bea bee beattie trixie bettrys beatrix
        belinda bel linda lindy
        benedict ben benny bennet
        benjamin ben benny benji benjy
        bernadette bernie detta
        bernard bernie barney
        bethany beth bethan
        beverley bev beverly
        brenda bren
        brendan bren brendon breandan
        brian bryan bryn brien
        bridget bridie biddy brigid brid breda bride
        bronwen bron bronwyn
        bryony briony bry
        caitlin kate catriona katelyn kaitlyn cait caitlyn
        callum calum cal colm malcolm
        calvin cal vin
        cameron cam cammy
        carol carole caroline carrie caz karol
        caroline carrie carol lynn caro carolyn karoline
        catherine katherine kathryn kate katie kathy cathy cath kat kitty kay katharine catharine cathryn catrin cathleen kathleen catriona caitlin kit trina katrina
        catrin cat catherine cati
        catriona trina cat katrina caitriona catherine
        cecilia celia cissie sheila cecily sile
        ceri cerian kerry
        charles charlie chas chuck charley chay carl teàrlach searlas
        charlotte charlie lottie lotte charley char
        chelsea chels
        cheryl cherie sheryl chez
        christian chris kit kris
        christina chris chrissie tina christine kirsty kirsten kristina
        christine chris chrissie tina christina kirsty chrissy
        christopher chris kit topher kris christy christie
        clara clare claire klara
        clare claire clara sorcha
        clarence clarrie
        claudia claudie claud
        clement clem
        clifford cliff
        clive cliff
        colin col cailean
        conor connor conchobhar con
        constance connie
        cornelius con neil corny connie
        courtney court
        craig creag
        cynthia cindy cyndi
        cyril cy
        daisy margaret
        daniel dan danny dannie deiniol
        danielle dani danni
        darren daz daren darran
        david dave davie davy dai dafydd dewi taffy daibhidh
        dawn dawnie
        deborah deb debbie debra debs
        declan dec deaglan
        deirdre dee deedee
        denise den denny
        dennis den denny denis
        derek del derrick
        desmond des dessie
        diana di diane dianne dinah
        dilys dil
        dominic dom nic dominick dominik
        donald don donnie donny domhnall donal
        dorothy dot dottie dolly dora dorothea dodie thea
        douglas doug dougie duggie
        duncan dunc donnchadh
        dylan dyl
        edmund ed eddie ted ned eamon eamonn
        edward ed eddie ted teddy ned ward eddy eideard
        edwin ed eddie win
        eileen aileen evelyn helen eibhlin
        elaine lainey helen elen
        eleanor ellie nell nellie nora elinor ella lenora eleanora ellen elin
        elijah eli lije elias
        elizabeth liz lizzie lizzy beth betty bess bessie betsy eliza elsie elspeth libby lisa lisbeth lily elisabeth elsbeth isabel bet beti ealasaid
        ellen nell nellie helen ellie elen
        emily em emmie milly millie emilie
        emma em emmie ema
        emmanuel manny manuel emanuel
        emrys ambrose
        eric rick ricky erik
        ernest ern ernie
        esther essie hester esta
        ethel eth
        eugene gene owen eoghan
        euan ewan ewen eoghan owen euen
        eva eve evie aoife evelyn
        evelyn evie eve eva lyn
        fatima fatimah fathima fatema faatimah fatma fati
        felicity fliss flick lissie fee
        fiona fi fee fionna ffion
        florence flo florrie flossie flora flossy
        frances fran francesca frankie fanny francis
        francesca fran frankie chess chessie cesca
        francis frank frankie fran proinsias
        franklin frank
        frederick fred freddie freddy fritz frederic
        gabriel gabe gab
        gabrielle gabby gabi gaby elle gabriella
        gareth gaz gary garth
        gary gaz garry gareth gazza
        gavin gav gawain
        gemma gem jemma
        geoffrey geoff jeff jeffrey jeffery
        george georgie geordie sior seoras dod siorus
        georgina georgie gina georgia georgiana
        gerald ger gerry jerry gerard
        gerard ger gerry jerry gearoid gerald
        geraldine ger gerry
        gillian gill jill jilly gilly jillian
        glenda glen
        glenys glen glenis
        gloria glo
        gordon gord gordy
        grace gracie grainne
        graham gray graeme grahame
        gregory greg gregor griogair
        griffith griff gruffydd gruff griffin
        gwendolyn gwen wendy gwenda gwendolen gwendoline
        gwyneth gwyn gwen
        hamish james seumas
        hannah hanna ann anna hanah
        harold harry hal harri
        harriet hattie harrie etta hettie
        harvey harv
        hazel haze
        heather heath
        helen nell nellie ellen lena elen eleanor helena
        helena lena helen elena
        henrietta hettie etta henry harriet
        henry harry hal hank harri hari
        herbert herb bert bertie
        hilary hil hilly hillary
        hubert hugh bert hugo
        hugh hughie huw hugo aodh shug huey
        hussain hussein husain hussayn hossein husein
        hassan hasan hassaan
        ian iain ean eoin john
        ieuan ifan iwan evan ioan john
        imogen immy immie
        imran imraan
        irene rene reenie
        isaac zac ike izaac ishaq
        isabel bel bella isabella isobel izzy belle ishbel isabelle tibbie ysobel iseabail
        ismail ishmael ismaeel ismael
        jack john jackie jake jac
        jacob jake jakob yaqub jacub
        jacqueline jackie jacqui jacky jaqueline
        james jim jimmy jamie jem jimmie hamish seamus jas seumas iago
        jane janie jayne jean jenny janey sian sheena sinead janet
        janet jan jess jessie jenny sinead seonaid jane netta
        janice jan janis
        jasmine jas jaz jasmin yasmin yasmine
        jason jay jase
        jean jeannie jane jeanie sine
        jennifer jen jenny jenni jenna jennie
        jeremy jem jerry jez jeremiah
        jerome jerry
        jessica jess jessie jesse jessy
        jill gill jillian gillian
        joan joanie joanna siobhan johanna siwan
        joanna jo joanne joan johanna joey
        joanne jo joanna joann joey
        jocelyn joss lyn
        joel jo
        john jack johnny jon ian sean ioan sion shaun ieuan evan iain eoin hans shane johnnie owain
        jonathan jon jonny john jonathon johnathan nathan jonty
        jordan jord jordy jordon
        joseph joe joey jo jos seosamh yusuf
        josephine jo josie fifi josephina
        joshua josh
        joyce joy
        judith judy jude judi
        julia julie jules juliet
        julian jules jools
        juliet julie jules juliette
        justin just
        karen kaz karin caren karyn
        karl carl
        katrina trina kat katie catriona
        keith keef
        kelly kel kelley kellie
        kenneth ken kenny coinneach cenydd
        kerry kez kerrie ceri
        kevin kev caoimhin
        khadija khadijah khadeeja kadija khadeja
        kimberley kim kimberly kimmy
        kirsten kirsty kirstin kirstie
        kyle ky
        lachlan lachie lochlan lachlann
        laura lauren lori laurie lowri
        laurence larry lawrence laurie lawrie lorcan loz
        lauren laurie loz laura
        leah lea leia
        lee leigh
        leonard len lenny leo lennie
        leonora nora leo
        leslie les lesley
        lewis lew lou louis luis
        liam william uilliam
        lillian lily lil lilian lilly lillie
        linda lin lindy lynda lyn
        lindsay lin linds lindsey linsey
        lisa liz elizabeth leesa
        llewellyn llew lew lyn llywelyn
        lloyd loyd floyd
        lorna lorn
        lorraine lori lorrie raine loraine
        louis lou lewis louie
        louise lou louisa lulu
        lucy lu luce lucinda lucia lleucu
        luke lucas luc luca
        lydia lyd liddy
        lynn lyn lynne lin lynette
        """
}

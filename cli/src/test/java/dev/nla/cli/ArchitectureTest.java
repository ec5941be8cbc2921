package dev.nla.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.nla.model.workers.PartWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Protects the shape of the program: which module may know which, that no two packages need each other, where the engine is touched, and how packages are named. */
@AnalyzeClasses(
        packages = "dev.nla",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** What modules lend to each other's tests is no part of the program. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** Which modules each may know. */
    static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("model", List.of()),
            Map.entry("data", List.of("model")),
            Map.entry("exchange", List.of("model", "data")),
            Map.entry("remote", List.of("model", "data")),
            Map.entry("reward", List.of("model")),
            Map.entry("claims", List.of("model", "data")),
            Map.entry("bulk", List.of("model", "data", "claims", "exchange")),
            Map.entry("train", List.of("model", "data", "reward")),
            Map.entry("eval", List.of("model", "data", "reward", "claims")),
            Map.entry("serve", List.of("model", "data", "claims")),
            Map.entry("library", List.of("model", "data", "reward", "train")),
            Map.entry("spark", List.of("model")),
            Map.entry(
                    "cli",
                    List.of(
                            "model",
                            "data",
                            "exchange",
                            "remote",
                            "reward",
                            "claims",
                            "bulk",
                            "train",
                            "eval",
                            "serve")));

    @ArchTest
    static final ArchRule arrows = arrows();

    private static ArchRule arrows() {
        LayeredArchitecture modules =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String module : ARROWS.keySet()) {
            modules = modules.layer(module).definedBy(packages(module));
        }
        for (Map.Entry<String, List<String>> arrow : ARROWS.entrySet()) {
            LayeredArchitecture.LayerDependencySpecification from = modules.whereLayer(arrow.getKey());
            modules = arrow.getValue().isEmpty()
                    ? from.mayNotAccessAnyLayer()
                    : from.mayOnlyAccessLayers(arrow.getValue().toArray(String[]::new));
        }
        return modules;
    }

    /** The library lies where other programs look first. */
    private static String packages(String module) {
        return module.equals("library") ? "dev.nla" : "dev.nla." + module + "..";
    }

    /** A module that is depended on and not used brings all of its libraries along. */
    @ArchTest
    static void modulesDependOnThoseThatTheyMayKnow(JavaClasses all) throws IOException {
        for (Map.Entry<String, List<String>> arrow : ARROWS.entrySet()) {
            String pom = Files.readString(Path.of(System.getProperty("nla.root"), arrow.getKey(), "pom.xml"));
            List<String> depended = Pattern.compile("<artifactId>nla-(\\w+)</artifactId></dependency>")
                    .matcher(pom)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(arrow.getValue()).as("%s/pom.xml", arrow.getKey()).containsAll(depended);
        }
    }

    /** What stands in the table of the library's page keeps its promise only as far as its signatures lead to nothing else. */
    @ArchTest
    static void theLibraryLeadsToNothingThatItsPageDoesNotName(JavaClasses all) throws IOException {
        String page = Files.readString(Path.of(System.getProperty("nla.root"), "docs/reference/library.md"));
        Set<String> named = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        List<JavaClass> surface = all.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> named.contains(type.getFullName())
                        || named.stream()
                                .anyMatch(name -> name.endsWith("..")
                                        && type.getFullName().startsWith(within(name)))
                        || type.getEnclosingClass()
                                .filter(outer -> named.contains(outer.getFullName()))
                                .isPresent())
                .toList();
        Set<String> led = new TreeSet<>();
        for (JavaClass type : surface) {
            type.getCodeUnits().stream()
                    .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(unit -> !type.isRecord() || isOfComponents(unit))
                    .flatMap(ArchitectureTest::typesInSignature)
                    .map(JavaClass::getBaseComponentType)
                    .filter(used -> !used.isPrimitive() && !used.getFullName().startsWith("java."))
                    .filter(used -> !surface.contains(used))
                    .forEach(used -> led.add(type.getName() + " -> " + used.getName()));
        }
        assertThat(led).isEmpty();
        List<String> names = surface.stream().map(JavaClass::getFullName).toList();
        assertThat(names)
                .contains("dev.nla.train.config.SftConfig")
                .containsAll(named.stream().filter(name -> !name.endsWith("..")).toList());
        assertThat(all.stream().filter(type -> type.getPackageName().equals("dev.nla")))
                .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .extracting(JavaClass::getFullName)
                .isNotEmpty()
                .isSubsetOf(names);
    }

    /** Metrics and rewards from outside are written against these types: what their signatures lead to, and all that this leads to. */
    @ArchTest
    static void whatIsWrittenAgainstFromOutsideLeadsToWhatTheLayoutNames(JavaClasses all) throws IOException {
        String page = Files.readString(Path.of(System.getProperty("nla.root"), "docs/explanation/layout.md"));
        Set<String> named = Pattern.compile("`([\\w.]+)`")
                .matcher(page.substring(page.indexOf("<!-- contracts -->"), page.indexOf("<!-- end of contracts -->")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> led = new TreeSet<>();
        lead(all.get("dev.nla.eval.metric.Metric"), led);
        lead(all.get("dev.nla.reward.Reward"), led);
        assertThat(led).isEqualTo(new TreeSet<>(named));
    }

    private static void lead(JavaClass type, Set<String> led) {
        if (type.getPackageName().startsWith("java.") || type.isPrimitive() || !led.add(type.getFullName())) {
            return;
        }
        type.getCodeUnits().stream()
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(unit -> !type.isRecord() || isOfComponents(unit))
                .flatMap(ArchitectureTest::typesInSignature)
                .forEach(used -> lead(used.getBaseComponentType(), led));
    }

    private static String within(String packages) {
        return packages.substring(0, packages.length() - 1);
    }

    /** Whether a part of a record is its constructor or gives a component; what else it has is for ourselves. */
    private static boolean isOfComponents(JavaCodeUnit unit) {
        return unit.isConstructor()
                || unit.getParameters().isEmpty()
                        && unit.getOwner().tryGetField(unit.getName()).isPresent();
    }

    private static Stream<JavaClass> typesInSignature(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().assignedFrom(new EachPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyOnePackageTouchesTheEngine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.nla.model.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..")
            .allowEmptyShould(true);

    /** A run knows workers, and the cluster behind them is found on the class path. */
    @ArchTest
    static final ArchRule onlyOneModuleTouchesSpark = noClasses()
            .that()
            .resideOutsideOfPackage("dev.nla.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "dev.nla.spark..");

    /** DJL frees the array that {@code mul(Number)} makes of the number before a backward pass has read it: gradients would go wrong now and then. */
    @ArchTest
    static final ArchRule lossesMultiplyByArraysThatLive = noClasses()
            .that()
            .resideInAnyPackage("dev.nla.train..", "dev.nla.reward.policy..")
            .and()
            .resideOutsideOfPackage("dev.nla.train.optimizer..")
            .should()
            .callMethod(NDArray.class, "mul", Number.class)
            .orShould()
            .callMethod(NDArray.class, "div", Number.class);

    /** So that parts can be worked on anywhere: what they need they bring along. */
    @ArchTest
    static final ArchRule workOnPartsKnowsNeitherDataNorRuns = noClasses()
            .that()
            .resideInAPackage("dev.nla.train.parts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.nla.data..", "dev.nla.train.session..", "dev.nla.train.run..");

    /** What is worked on leaves no trace in what works. */
    @ArchTest
    static final ArchRule workOnPartsKeepsNothing =
            classes().that().implement(PartWork.class).should().beRecords();

    @ArchTest
    static final ArchRule packagesSayWhatTheyHold = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..helper..", "..helpers..", "..common..", "..manager..", "..misc..");

    @ArchTest
    static final ArchRule classesSayWhatTheyDo =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)");

    @ArchTest
    static final ArchRule onlyTheCommandLineSpeaksAndExits = noClasses()
            .that()
            .resideOutsideOfPackage("dev.nla.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .dependOnClassesThat(resideInAPackage("picocli.."))
            .allowEmptyShould(true);

    private static final class EachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }
}

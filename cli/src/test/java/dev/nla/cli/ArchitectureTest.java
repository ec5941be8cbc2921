package dev.nla.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    @ArchTest
    static final ArchRule arrows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("model")
            .definedBy("dev.nla.model..")
            .layer("data")
            .definedBy("dev.nla.data..")
            .layer("exchange")
            .definedBy("dev.nla.exchange..")
            .layer("remote")
            .definedBy("dev.nla.remote..")
            .layer("reward")
            .definedBy("dev.nla.reward..")
            .layer("train")
            .definedBy("dev.nla.train..")
            .layer("eval")
            .definedBy("dev.nla.eval..")
            .layer("serve")
            .definedBy("dev.nla.serve..")
            .layer("cli")
            .definedBy("dev.nla.cli..")
            .whereLayer("model")
            .mayNotAccessAnyLayer()
            .whereLayer("data")
            .mayOnlyAccessLayers("model")
            .whereLayer("exchange")
            .mayOnlyAccessLayers("model", "data")
            .whereLayer("remote")
            .mayOnlyAccessLayers("model", "data")
            .whereLayer("reward")
            .mayOnlyAccessLayers("model")
            .whereLayer("train")
            .mayOnlyAccessLayers("model", "data", "reward")
            .whereLayer("eval")
            .mayOnlyAccessLayers("model", "data", "reward")
            .whereLayer("serve")
            .mayOnlyAccessLayers("model", "data", "eval")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

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

    @ArchTest
    static final ArchRule internalPackagesStayInTheirModule = classes().should(useOnlyTheirOwnInternals());

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

    private static ArchCondition<JavaClass> useOnlyTheirOwnInternals() {
        return new ArchCondition<>("use internal packages of ours in their own module only") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass();
                    if (used.getPackageName().startsWith("dev.nla.")
                            && used.getPackageName().contains(".internal")
                            && !module(used).equals(module(user))) {
                        events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static String module(JavaClass type) {
        Matcher matcher = Pattern.compile("dev\\.nla\\.(\\w+).*").matcher(type.getPackageName());
        return matcher.matches() ? matcher.group(1) : "";
    }
}

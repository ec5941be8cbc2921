package dev.nla.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Protects that this module carries and does not compute: it knows workers and Spark, and leaves no sum to Spark, whose order is that in which tasks end. */
@AnalyzeClasses(packages = "dev.nla.spark", importOptions = DoNotIncludeTests.class)
class SparkArchitectureTest {
    private static final Set<String> MERGING = Set.of(
            "reduce",
            "fold",
            "aggregate",
            "treeReduce",
            "treeAggregate",
            "reduceByKey",
            "longAccumulator",
            "doubleAccumulator");

    @ArchTest
    static final ArchRule nothingIsMergedBySpark = noClasses()
            .should()
            .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("Spark merges values") {
                @Override
                public boolean test(JavaAccess<?> access) {
                    AccessTarget target = access.getTarget();
                    return target.getOwner().getPackageName().startsWith("org.apache.spark")
                            && MERGING.contains(target.getName());
                }
            });

    @ArchTest
    static final ArchRule workIsNotKnownHere = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.nla.spark..", "dev.nla.model..", "java..", "scala..", "org.apache.spark..", "ai.djl..");
}
